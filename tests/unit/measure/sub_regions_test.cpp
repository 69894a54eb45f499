#include "measure/sub_regions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace netpet::measure {
namespace {

constexpr SubRegionRules kRules{1, 3, 6, 0.2};

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

int krenning(double suv) {
  return suv < 5 ? 2 : suv < 15 ? 3 : 4;
}

// Blur leads from one level to the other through the class between them: that is no part, and both take half.
TEST(SubRegions, TheClassThatABlurredStepPassesIsNoPart) {
  const space::Geometry grid = cube(31, 2);
  image::PetVolume suv(grid);
  constexpr double middle = 30, sigma = 2.55;
  for (std::size_t at = 0; at < grid.voxels(); ++at)
    suv[at] = static_cast<float>(3 + 12 * std::erfc((middle - 2 * grid.index(at).i) / sigma / std::sqrt(2)));
  const auto parts = sub_regions(suv, ball(grid, 24), krenning, kRules);
  ASSERT_EQ(parts.size(), 2u);
  const auto& cool = parts[0].of_class == 2 ? parts[0] : parts[1];
  const auto& hot = parts[0].of_class == 2 ? parts[1] : parts[0];
  EXPECT_EQ(hot.of_class, 4);
  EXPECT_EQ(cool.of_class, 2);
  EXPECT_NEAR(cool.mean, 3, 0.2);
  EXPECT_NEAR(double(cool.region.size()) / double(hot.region.size()), 1, 0.15);
}

// A lesion without a plateau passes through all classes on its way down.
TEST(SubRegions, ALesionThatIsAllBlurIsOnePart) {
  const space::Geometry grid = cube(31, 2);
  image::PetVolume suv(grid);
  const space::PointLps centre = grid.to_lps(space::IndexIjk{15, 15, 15});
  for (std::size_t at = 0; at < grid.voxels(); ++at) {
    const double r = space::distance(grid.to_lps(grid.index(at)), centre) / 9;
    suv[at] = static_cast<float>(30 * std::exp(-0.5 * r * r));
  }
  const auto parts = sub_regions(suv, ball(grid, 15), krenning, kRules);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].of_class, 4);
}

// A cooler ball of 12 mm radius in a hot mass, blurred: found, though its own class is all but blurred away.
TEST(SubRegions, ACoolPartOfABlurredMassHasItsOwnUptake) {
  const space::Geometry grid = cube(33, 2);
  image::PetVolume suv(grid);
  const space::PointLps centre = grid.to_lps(space::IndexIjk{16, 16, 16});
  for (std::size_t at = 0; at < grid.voxels(); ++at) {
    const double r = space::distance(grid.to_lps(grid.index(at)), centre);
    suv[at] = static_cast<float>(8 + 10 * std::erfc((12 - r) / 2.55 / std::sqrt(2)));
  }
  const auto parts = sub_regions(suv, ball(grid, 30), krenning, kRules);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].of_class, 4);
  EXPECT_EQ(parts[1].of_class, 3);
  EXPECT_NEAR(parts[1].mean, 8, 1);
  EXPECT_NEAR(parts[0].mean, 28, 1.5);
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
