#include "base/robust.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace netpet::base {
namespace {

TEST(Robust, TheMedianIsTheMiddleValue) {
  EXPECT_EQ(median_of(std::vector{3, 1, 2}), 2);
  EXPECT_EQ(median_of(std::vector{4, 1, 3, 2}), 3) << "the upper one of two";
  EXPECT_EQ(median_of(std::vector{7}), 7);
  EXPECT_THROW(median_of(std::vector<double>()), Error);
}

TEST(Robust, QuantilesRunFromTheSmallestToTheLargestValue) {
  std::vector<float> values{5, 1, 4, 2, 3};
  EXPECT_EQ(quantile_of(values, 0), 1);
  EXPECT_EQ(quantile_of(values, 0.5), 3);
  EXPECT_EQ(quantile_of(values, 0.99), 4) << "no value that all others reach";
  EXPECT_EQ(quantile_of(values, 1), 5);
  std::vector<float> none;
  EXPECT_THROW(quantile_of(none, 0.5), Error);
}

TEST(Robust, TheMedianDeviationOfNormalValuesGivesTheirSd) {
  Random random(1);
  std::vector<double> deviations(100000);
  for (double& one : deviations) one = std::abs(3 * random.normal());
  EXPECT_NEAR(sd_of_mad * median_of(deviations), 3, 0.05);
}

}  // namespace
}  // namespace netpet::base
