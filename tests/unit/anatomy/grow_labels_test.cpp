// Markers that spread through a medium: necks part them, densities decide where both are near.
#include "anatomy/grow_labels.h"

#include <gtest/gtest.h>

#include "image/distance.h"

namespace netpet::anatomy {
namespace {

space::Geometry line_of(int length, int width) {
  space::Geometry grid;
  grid.size = {length, width, width};
  grid.spacing = {3, 3, 3};
  return grid;
}

image::Volume<float> depth_of(const image::Mask& medium) {
  image::Mask outside(medium.geometry());
  for (std::size_t v = 0; v < outside.voxels().size(); ++v) outside[v] = !medium[v];
  return image::distance_mm(outside, base::Run());
}

TEST(GrowLabels, TwoBallsWithANeckArePartedAtTheNeckWhereverTheMarkersLie) {
  const space::Geometry grid = line_of(40, 15);
  image::Mask medium(grid);
  for (std::size_t v = 0; v < medium.voxels().size(); ++v) {
    const space::IndexIjk at = grid.index(v);
    const auto from = [&](int i) {
      return (at.i - i) * (at.i - i) + (at.j - 7) * (at.j - 7) + (at.k - 7) * (at.k - 7);
    };
    medium[v] = from(8) <= 36 || from(30) <= 36 || (at.j == 7 && at.k == 7 && at.i > 8 && at.i < 30);
  }
  image::Volume<std::uint8_t> markers(grid);
  markers({12, 7, 7}) = 1;  // near the neck of its ball
  markers({33, 7, 7}) = 2;
  const auto grown = grow_labels(medium, depth_of(medium), image::PetVolume(grid), markers,
                                 {{{1, 0.F}, {2, 0.F}}, 10, 4, 500}, base::Run());
  EXPECT_EQ(grown({3, 7, 7}), 1);
  EXPECT_EQ(grown({26, 7, 7}), 2);
  EXPECT_EQ(grown({20, 0, 0}), 0);
}

TEST(GrowLabels, WhereTwoOrgansTouchTheirDensitiesDecide) {
  const space::Geometry grid = line_of(30, 9);
  image::Mask medium(grid, 1);
  image::PetVolume hu(grid);
  for (std::size_t v = 0; v < hu.voxels().size(); ++v) hu[v] = grid.index(v).i < 20 ? 50.F : 20.F;
  image::Volume<std::uint8_t> markers(grid);
  markers({2, 4, 4}) = 1;
  markers({27, 4, 4}) = 2;
  const auto grown =
      grow_labels(medium, depth_of(medium), hu, markers, {{{1, 50.F}, {2, 20.F}}, 10, 4, 500}, base::Run());
  for (int i = 0; i < 30; ++i) EXPECT_EQ(grown({i, 4, 4}), i < 20 ? 1 : 2) << i;
}

TEST(GrowLabels, NothingSpreadsFartherThanItMay) {
  const space::Geometry grid = line_of(60, 9);
  const image::Mask medium(grid, 1);
  image::Volume<std::uint8_t> markers(grid);
  markers({0, 4, 4}) = 1;
  const auto grown = grow_labels(medium, depth_of(medium), image::PetVolume(grid), markers,
                                 {{{1, 0.F}}, 10, 4, 90}, base::Run());
  EXPECT_EQ(grown({29, 4, 4}), 1);
  EXPECT_EQ(grown({31, 4, 4}), 0);
}

}  // namespace
}  // namespace netpet::anatomy
