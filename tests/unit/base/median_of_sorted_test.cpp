#include "base/median_of_sorted.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "base/robust.h"

namespace netpet::base {
namespace {

TEST(MedianOfSorted, IsTheMedianOfAllValuesTogether) {
  Random random(5);
  for (const std::size_t lists : {1u, 2u, 7u, 125u})
    for (const std::size_t longest : {1u, 3u, 400u}) {
      std::vector<std::vector<float>> values(lists);
      std::vector<float> all;
      for (std::size_t n = 0; n < lists; ++n) {
        // Whole numbers, so that many are equal; lists about places of their own, some empty.
        for (std::size_t m = 0; m < (n % 5 == 1 ? 0 : 1 + n * 31 % longest); ++m)
          values[n].push_back(static_cast<float>(std::lround(6 * random.normal() + double(n % 11))));
        std::sort(values[n].begin(), values[n].end());
        all.insert(all.end(), values[n].begin(), values[n].end());
      }
      EXPECT_EQ(median_of_sorted({values.begin(), values.end()}), median_of(all)) << lists << " " << longest;
    }
}

TEST(MedianOfSorted, OfOneValueManyTimesIsThatValue) {
  const std::vector<float> same(1000, 2.5f);
  EXPECT_EQ(median_of_sorted({same, same, same}), 2.5f);
}

TEST(MedianOfSorted, OfNothingIsRefused) {
  EXPECT_THROW(median_of_sorted({}), Error);
}

}  // namespace
}  // namespace netpet::base
