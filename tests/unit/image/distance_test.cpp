#include "image/distance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace netpet::image {
namespace {

space::Geometry grid_of(std::array<int, 3> size, space::Vec3 spacing) {
  space::Geometry grid;
  grid.size = size;
  grid.spacing = spacing;
  return grid;
}

Mask random_mask(const space::Geometry& grid, double share, std::uint64_t seed) {
  Mask mask(grid);
  base::Random random(seed);
  for (auto& voxel : mask.voxels()) voxel = random.uniform() < share;
  return mask;
}

TEST(Distance, EqualsTheDistanceToTheNearestSetVoxelByBruteForceOnUnequalSpacing) {
  const space::Geometry grid = grid_of({13, 9, 7}, {1.3, 2.7, 4.1});
  for (const double share : {0.02, 0.3, 0.9}) {
    const Mask mask = random_mask(grid, share, 3);
    const Region set = region_of(mask);
    ASSERT_FALSE(set.empty());
    const Volume<float> distances = distance_mm(mask, base::Run());
    for (std::size_t at = 0; at < distances.voxels().size(); ++at) {
      double nearest = 1e9;
      for (const std::size_t other : set)
        nearest =
            std::min(nearest, space::distance(grid.to_lps(grid.index(at)), grid.to_lps(grid.index(other))));
      EXPECT_NEAR(distances[at], nearest, 1e-4) << share;
    }
  }
}

TEST(Distance, TellsWhatADilationAndAnErosionReach) {
  const space::Geometry grid = grid_of({23, 19, 17}, {1.3, 2.7, 4.1});
  for (const double share : {0.01, 0.3, 0.9, 0.99}) {
    const Mask mask = random_mask(grid, share, 7);
    Mask outside(grid);
    for (std::size_t v = 0; v < mask.voxels().size(); ++v) outside[v] = !mask[v];
    const Volume<float> to_mask = distance_mm(mask, base::Run()),
                        to_outside = distance_mm(outside, base::Run());
    for (const double radius : {0.0, 1.4, 5.0, 12.5}) {
      const Mask wide = dilate(mask, radius, base::Run()), core = erode(mask, radius, base::Run());
      for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
        EXPECT_EQ(wide[v] != 0, to_mask[v] <= radius) << share << ' ' << radius;
        EXPECT_EQ(core[v] != 0, to_outside[v] > radius) << share << ' ' << radius;
      }
    }
  }
}

TEST(Distance, IsInfiniteWhereNothingIsSet) {
  const Volume<float> distances = distance_mm(Mask(grid_of({3, 4, 5}, {1, 1, 1})), base::Run());
  for (const float one : distances.voxels()) EXPECT_TRUE(std::isinf(one));
}

TEST(Distance, DoesNotDependOnTheNumberOfThreads) {
  const Mask mask = random_mask(grid_of({40, 30, 20}, {1.5, 2, 3}), 0.01, 4);
  EXPECT_EQ(distance_mm(mask, base::Run()).voxels(),
            distance_mm(mask, base::Run(nullptr, std::stop_token(), 4)).voxels());
}

TEST(Dilate, ASingleVoxelBecomesTheBallOfItsRadius) {
  Mask mask(grid_of({21, 21, 21}, {1, 1, 2}));
  mask({10, 10, 10}) = 1;
  const Mask ball = dilate(mask, 5, base::Run());
  for (int k = 0; k < 21; ++k)
    for (int j = 0; j < 21; ++j)
      for (int i = 0; i < 21; ++i) {
        const double r2 = (i - 10) * (i - 10) + (j - 10) * (j - 10) + 4 * (k - 10) * (k - 10);
        EXPECT_EQ(ball({i, j, k}), r2 <= 25);
      }
}

TEST(Erode, UndoesTheDilationOfABallAndErodesNothingAtTheImageBorder) {
  Mask mask(grid_of({21, 21, 21}, {1, 1, 1}));
  mask({10, 10, 10}) = 1;
  EXPECT_EQ(region_of(erode(dilate(mask, 5, base::Run()), 5, base::Run())), region_of(mask));

  Mask slab(grid_of({5, 5, 9}, {1, 1, 1}));
  for (int k = 0; k < 4; ++k)
    for (int j = 0; j < 5; ++j)
      for (int i = 0; i < 5; ++i) slab({i, j, k}) = 1;
  const Mask thinner = erode(slab, 2, base::Run());
  for (int k = 0; k < 9; ++k) EXPECT_EQ(thinner({0, 0, k}), k < 2) << k;
}

TEST(Dilate, IsTheSameMaskOnAFlippedGrid) {
  const space::Geometry grid = grid_of({12, 10, 8}, {2, 3, 4});
  const Mask mask = random_mask(grid, 0.02, 5);
  Mask flipped(grid);
  for (int k = 0; k < 8; ++k)
    for (int j = 0; j < 10; ++j)
      for (int i = 0; i < 12; ++i) flipped({i, 9 - j, k}) = mask({i, j, k});
  const Mask a = dilate(mask, 6, base::Run()), b = dilate(flipped, 6, base::Run());
  for (int k = 0; k < 8; ++k)
    for (int j = 0; j < 10; ++j)
      for (int i = 0; i < 12; ++i) EXPECT_EQ(b({i, 9 - j, k}), a({i, j, k}));
}

}  // namespace
}  // namespace netpet::image
