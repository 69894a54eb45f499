#include "base/random.h"

#include <gtest/gtest.h>

#include <cmath>

namespace netpet::base {
namespace {

constexpr int draws = 200'000;

TEST(Random, SameSeedSameNumbersOtherStreamOtherNumbers) {
  Random a(7, 1), b(7, 1), c(7, 2);
  int differing = 0;
  for (int i = 0; i < 100; ++i) {
    const auto bits = a.bits();
    EXPECT_EQ(bits, b.bits());
    differing += bits != c.bits();
  }
  EXPECT_GT(differing, 90);
}

TEST(Random, NormalDeviatesHaveMeanZeroAndVarianceOne) {
  Random random(3);
  double sum = 0, squares = 0;
  for (int i = 0; i < draws; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
  }
  const double tolerance = 5 / std::sqrt(draws);  // five standard errors of the mean
  EXPECT_NEAR(sum / draws, 0, tolerance);
  EXPECT_NEAR(squares / draws, 1, 5 * std::sqrt(2.0 / draws));
}

TEST(Random, PoissonDeviatesHaveTheirMeanOnBothSidesOfTheSwitch) {
  for (const double mean : {0.3, 29.0, 31.0, 400.0}) {
    Random random(11);
    double sum = 0;
    for (int i = 0; i < draws; ++i) sum += random.poisson(mean);
    EXPECT_NEAR(sum / draws, mean, 5 * std::sqrt(mean / draws)) << mean;
  }
}

}  // namespace
}  // namespace netpet::base
