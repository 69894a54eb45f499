#include "image/zero_volume.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace netpet::image {
namespace {

TEST(ZeroVolume, IsZeroWhateverItsSizeAndThreads) {
  for (const int slices : {0, 1, 3, 40})  // to 40 MB: several pieces of memory and the rest of one
    for (const int threads : {1, 3}) {
      space::Geometry grid;
      grid.size = {512, 512, slices};
      const auto volume = zero_volume<float>(grid, base::Run(nullptr, {}, threads));
      ASSERT_EQ(volume.voxels().size(), grid.voxels());
      EXPECT_TRUE(
          std::all_of(volume.voxels().begin(), volume.voxels().end(), [](float v) { return v == 0; }));
    }
}

TEST(PreparePages, LeavesWhatIsThere) {
  std::vector<int> numbers(10'000'000);
  std::iota(numbers.begin(), numbers.end(), 0);
  // From the middle of a page to the middle of another.
  prepare_pages(numbers.data() + 13, (numbers.size() - 101) * sizeof(int), base::Run(nullptr, {}, 2));
  for (std::size_t n = 0; n < numbers.size(); ++n) ASSERT_EQ(numbers[n], static_cast<int>(n));
}

}  // namespace
}  // namespace netpet::image
