#include "measure/sub_regions.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace netpet::measure {
namespace {

constexpr SubRegionRules kRules{1, 3};

space::Geometry cube(int n, double spacing) {
  space::Geometry grid;
  grid.size = {n, n, n};
  grid.spacing = {spacing, spacing, spacing};
  return grid;
}

image::Region ball(const space::Geometry& grid, double radius) {
  const space::IndexIjk centre{grid.size[0] / 2, grid.size[1] / 2, grid.size[2] / 2};
  image::Region region;
  for (std::size_t at = 0; at < grid.voxels(); ++at)
    if (space::distance(grid.to_lps(grid.index(at)), grid.to_lps(centre)) <= radius) region.push_back(at);
  return region;
}

int below_or_above_15(double suv) {
  return suv < 15 ? 3 : 4;
}

TEST(SubRegions, AnEvenLesionIsOneRegionOfItsOwnUptake) {
  const space::Geometry grid = cube(25, 3);
  const image::PetVolume suv(grid, 12);
  const auto parts = sub_regions(suv, ball(grid, 20), below_or_above_15, kRules);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].of_class, 3);
  EXPECT_FLOAT_EQ(parts[0].mean, 12);
}

// The outermost voxels are blurred with what lies outside: they make no class of their own.
TEST(SubRegions, TheRimIsLeftOut) {
  const space::Geometry grid = cube(25, 3);
  image::PetVolume suv(grid, 20);
  const image::Region whole = ball(grid, 20);
  const auto holds = [&](int i, int j, int k) {
    return std::binary_search(whole.begin(), whole.end(), grid.offset({i, j, k}));
  };
  for (const std::size_t voxel : whole) {
    const auto [i, j, k] = grid.index(voxel);
    if (!holds(i - 1, j, k) || !holds(i + 1, j, k) || !holds(i, j - 1, k) || !holds(i, j + 1, k) ||
        !holds(i, j, k - 1) || !holds(i, j, k + 1))
      suv[voxel] = 2;
  }
  const auto parts = sub_regions(suv, whole, below_or_above_15, kRules);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].of_class, 4);
  EXPECT_FLOAT_EQ(parts[0].mean, 20);
}

TEST(SubRegions, TwoHalvesAreTwoRegionsAndASmallOneIsNone) {
  const space::Geometry grid = cube(31, 2);
  image::PetVolume suv(grid, 20);
  for (std::size_t at = 0; at < grid.voxels(); ++at)
    if (grid.index(at).i < 15) suv[at] = 6;
  const auto parts = sub_regions(suv, ball(grid, 24), below_or_above_15, kRules);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_NE(parts[0].of_class, parts[1].of_class);

  image::PetVolume spot(grid, 20);
  for (const std::size_t voxel : ball(grid, 5)) spot[voxel] = 0;  // 0.5 mL
  EXPECT_EQ(sub_regions(spot, ball(grid, 24), below_or_above_15, kRules).size(), 1u);
}

TEST(SubRegions, TooLittleInsideTheRimGivesNone) {
  const space::Geometry grid = cube(15, 4);
  const image::PetVolume suv(grid, 20);
  EXPECT_TRUE(sub_regions(suv, ball(grid, 7), below_or_above_15, kRules).empty());
  EXPECT_TRUE(sub_regions(suv, {grid.offset({7, 7, 7})}, below_or_above_15, kRules).empty());
  EXPECT_TRUE(sub_regions(suv, {}, below_or_above_15, kRules).empty());
}

TEST(SubRegions, ALesionAtTheBorderOfTheImageHasARimThereToo) {
  const space::Geometry grid = cube(12, 4);
  const image::PetVolume suv(grid, 20);
  image::Region all;
  for (std::size_t at = 0; at < grid.voxels(); ++at) all.push_back(at);
  const auto parts = sub_regions(suv, all, below_or_above_15, kRules);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].region.size(), 1000u);
}

}  // namespace
}  // namespace netpet::measure
