#include "lesions/hot_spots.h"

#include <gtest/gtest.h>

namespace netpet::lesions {
namespace {

/// A row of voxels in tissue of one level and noise.
std::vector<HotSpot> hot_spots_of(const std::vector<float>& row, SplitLevel level) {
  space::Geometry grid;
  grid.size = {static_cast<int>(row.size()), 1, 1};
  const image::PetVolume image(grid, row);
  return split_hot_spots(image, level.background, image::Volume<std::uint8_t>(grid), {level}, {0.3, 3});
}

// The lower top stands 6 above its background: its valley counts from a depth of 30 %, 1.8.
TEST(HotSpots, TwoTopsAreTwoFromAValleyOfTheStatedDepth) {
  EXPECT_EQ(hot_spots_of({3, 10, 6.3f, 8, 3}, {2, 0.1f}).size(), 1u);
  EXPECT_EQ(hot_spots_of({3, 10, 6.1f, 8, 3}, {2, 0.1f}).size(), 2u);
}

TEST(HotSpots, AValleyThatNoiseMakesPartsNothing) {
  EXPECT_EQ(hot_spots_of({3, 10, 5, 8, 3}, {2, 0.9f}).size(), 2u);
  EXPECT_EQ(hot_spots_of({3, 10, 5, 8, 3}, {2, 1.1f}).size(), 1u);
}

TEST(HotSpots, MeetAtTheSaddleBetweenThem) {
  const auto spots = hot_spots_of({3, 10, 7, 4, 6, 8, 3}, {2, 0.1f});
  ASSERT_EQ(spots.size(), 2u);
  EXPECT_EQ(spots[0].basin.front(), 0u);
  EXPECT_EQ(spots[0].basin.back() + 1, spots[1].basin.front());
  EXPECT_TRUE(spots[0].basin.back() == 2 || spots[0].basin.back() == 3);
  EXPECT_EQ(spots[1].top, 5u);
}

TEST(HotSpots, AThirdTopJoinsTheOneThatItsShallowValleyLeadsTo) {
  const auto spots = hot_spots_of({10, 4, 8, 7.5f, 7.9f, 3}, {2, 0.1f});
  ASSERT_EQ(spots.size(), 2u);
  EXPECT_EQ(spots[1].basin.size(), 4u);
}

// The first three voxels are an organ of uptake 10; the second top is as hot and falls by 2 between them.
TEST(HotSpots, BeyondTheReachOfAnOrganAShallowValleyParts) {
  const auto count = [](double reach_mm, float organ_sd) {
    space::Geometry grid;
    grid.size = {8, 1, 1};
    grid.spacing = {4, 4, 4};
    const image::PetVolume image(grid, {9, 10, 9.5f, 7.8f, 9, 9.8f, 9, 3});
    image::Volume<std::uint8_t> tissue(grid);
    tissue[0] = tissue[1] = tissue[2] = 1;
    const std::vector<SplitLevel> levels{{2, 0.1f}, {10, organ_sd, false, true}};
    return split_hot_spots(image, 2, tissue, levels, {0.3, 3, 0.1, reach_mm}).size();
  };
  EXPECT_EQ(count(8, 0.3f), 2u);
  EXPECT_EQ(count(12, 0.3f), 1u);  // the top lies 12 mm from the organ: its blur and an error of its label
  EXPECT_EQ(count(8, 1), 1u);      // three times the organ's noise
}

}  // namespace
}  // namespace netpet::lesions
