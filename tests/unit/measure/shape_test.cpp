#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "base/random.h"
#include "image/diameter.h"
#include "measure/autocorrelation.h"
#include "measure/convex_hull.h"
#include "measure/interpolate.h"
#include "measure/marching_cubes.h"
#include "measure/process.h"
#include "measure/solid.h"

namespace netpet::measure {
namespace {

space::Geometry cube(int n, double spacing) {
  space::Geometry grid;
  grid.size = {n, n, n};
  grid.spacing = {spacing, spacing, spacing};
  return grid;
}

image::Region ball(const space::Geometry& grid, double radius) {
  const space::PointLps centre = grid.to_lps(
      space::ContinuousIjk{(grid.size[0] - 1) / 2.0, (grid.size[1] - 1) / 2.0, (grid.size[2] - 1) / 2.0});
  image::Region region;
  for (std::size_t at = 0; at < grid.voxels(); ++at)
    if (space::distance(grid.to_lps(grid.index(at)), centre) <= radius) region.push_back(at);
  return region;
}

image::Region scattered(const space::Geometry& grid, double share) {
  base::Random random(3);
  image::Region region;
  for (std::size_t at = 0; at < grid.voxels(); ++at)
    if (random.uniform() < share) region.push_back(at);
  return region;
}

TEST(MarchingCubes, EveryCaseFitsItsNeighboursSoTheSurfaceIsClosed) {
  // Each edge of a triangle that lies in a face of the cube must come once from each of the two cubes that
  // share the face; inside a cube each comes twice.
  for (std::size_t corners = 0; corners < 256; ++corners) {
    std::map<std::pair<int, int>, int> balance;
    for (const CubeTriangle& t : marching_cubes()[corners])
      for (std::size_t n = 0; n < 3; ++n) {
        ++balance[{t[n], t[(n + 1) % 3]}];
        --balance[{t[(n + 1) % 3], t[n]}];
      }
    const auto corner = [](int c, int axis) { return c >> axis & 1; };
    for (const auto& [edge, count] : balance) {
      if (count == 0) continue;
      const CubeEdge a = cube_edges()[static_cast<std::size_t>(edge.first)],
                     b = cube_edges()[static_cast<std::size_t>(edge.second)];
      bool in_face = false;
      for (int axis = 0; axis < 3; ++axis)
        in_face = in_face ||
                  (corner(a.from, axis) == corner(a.to, axis) && corner(b.from, axis) == corner(b.to, axis) &&
                   corner(a.from, axis) == corner(b.from, axis));
      EXPECT_TRUE(in_face) << corners;
    }
  }
}

TEST(Solid, OfABallIsThatOfTheBall) {
  const space::Geometry grid = cube(61, 1);
  const double r = 25;
  const Solid solid = solid_of(grid, ball(grid, r));
  EXPECT_NEAR(solid.mesh_volume_mm3, 4 * std::numbers::pi / 3 * r * r * r, 0.005 * solid.mesh_volume_mm3);
  // The surface lies at most half a voxel outside the outermost centres.
  EXPECT_GE(solid.hull_volume_mm3, solid.mesh_volume_mm3);
  EXPECT_LE(solid.hull_volume_mm3, 4 * std::numbers::pi / 3 * std::pow(r + 0.5, 3));
  EXPECT_NEAR(solid.diameter_mm, 2 * r, 1);
  // The variance of a full ball along an axis is r² / 5.
  for (const double variance : solid.variances_mm2) EXPECT_NEAR(variance, r * r / 5, 0.01 * r * r / 5);
  EXPECT_NEAR(ellipsoid_area(r, r, r), 4 * std::numbers::pi * r * r, 1e-9);
}

TEST(Solid, OfABoxIsTheBoxWithoutItsEdges) {
  const space::Geometry grid = cube(10, 2);
  image::Region box;
  for (std::size_t at = 0; at < grid.voxels(); ++at) {
    const space::IndexIjk i = grid.index(at);
    if (i.i >= 2 && i.i < 7 && i.j >= 3 && i.j < 6 && i.k >= 1 && i.k < 8) box.push_back(at);
  }
  const Solid solid = solid_of(grid, box);
  EXPECT_DOUBLE_EQ(solid.box_volume_mm3(), 10 * 6 * 14);
  EXPECT_NEAR(solid.hull_volume_mm3, solid.mesh_volume_mm3, 1e-9);  // a box less its edges is convex
  EXPECT_LT(solid.mesh_volume_mm3, 10 * 6 * 14);
  EXPECT_GT(solid.mesh_volume_mm3, 0.9 * 10 * 6 * 14);
}

TEST(Solid, HasTheSurfacesLongestDiameter) {
  const space::Geometry grid = cube(12, 3);
  const image::Region region = scattered(grid, 0.02);
  EXPECT_NEAR(solid_of(grid, region).diameter_mm, image::longest_diameter_mm(grid, region).value(), 1e-9);
}

TEST(ConvexHull, OfABoxHoldsItsVoxelsAndOfAnOpenShellWhatItSurrounds) {
  space::Geometry grid;
  grid.size = {9, 8, 7};
  image::Region box, cup;
  for (std::size_t at = 0; at < grid.voxels(); ++at) {
    const auto [i, j, k] = grid.index(at);
    if (i < 1 || i > 6 || j < 2 || j > 6 || k < 1 || k > 5) continue;
    box.push_back(at);
    const bool hollow = i > 1 && i < 6 && j > 2 && j < 6 && k > 1;  // open towards high k
    if (!hollow) cup.push_back(at);
  }
  EXPECT_EQ(inside_convex_hull(box, grid), box);
  EXPECT_EQ(inside_convex_hull(cup, grid), box);
  EXPECT_EQ(inside_convex_hull({grid.offset({4, 4, 4})}, grid), image::Region{grid.offset({4, 4, 4})});
  EXPECT_TRUE(inside_convex_hull({}, grid).empty());
}

TEST(ConvexHull, HasEveryPointOnItsInnerSideAndIsClosed) {
  base::Random random(11);
  std::vector<HalfVoxel> points;
  for (int n = 0; n < 500; ++n)
    points.push_back({static_cast<std::int64_t>(random.uniform() * 12),
                      static_cast<std::int64_t>(random.uniform() * 9),
                      static_cast<std::int64_t>(random.uniform() * 7)});  // many in common planes
  const auto triangles = convex_hull(points);
  std::map<std::pair<std::size_t, std::size_t>, int> edges;
  for (const auto& t : triangles) {
    const HalfVoxel &a = points[t[0]], &b = points[t[1]], &c = points[t[2]];
    for (const HalfVoxel& p : points) {
      const auto at = [&](const HalfVoxel& q, std::size_t axis) { return q[axis] - a[axis]; };
      const std::int64_t over = at(p, 0) * (at(b, 1) * at(c, 2) - at(b, 2) * at(c, 1)) +
                                at(p, 1) * (at(b, 2) * at(c, 0) - at(b, 0) * at(c, 2)) +
                                at(p, 2) * (at(b, 0) * at(c, 1) - at(b, 1) * at(c, 0));
      EXPECT_LE(over, 0);
    }
    for (std::size_t n = 0; n < 3; ++n) ++edges[{t[n], t[(n + 1) % 3]}];
  }
  for (const auto& [edge, count] : edges) EXPECT_EQ(edges.count({edge.second, edge.first}), 1u);
}

TEST(Autocorrelation, InFourierSpaceIsTheSumOverPairs) {
  // A line of voxels takes the pairs, the same line with an empty block around its ends the Fourier sums.
  const space::Geometry grid = cube(24, 1.5);
  image::PetVolume image(grid);
  base::Random random(5);
  for (float& value : image.voxels()) value = static_cast<float>(random.normal());
  const image::Region region = ball(grid, 16);
  const Autocorrelation found = autocorrelation(image, region);
  double mean = 0, square = 0, weight = 0, product = 0, difference = 0;
  for (const std::size_t voxel : region) mean += double(image[voxel]) / static_cast<double>(region.size());
  for (const std::size_t a : region) {
    square += (double(image[a]) - mean) * (double(image[a]) - mean);
    for (const std::size_t b : region) {
      if (a == b) continue;
      const double w = 1 / space::distance(grid.to_lps(grid.index(a)), grid.to_lps(grid.index(b)));
      weight += w;
      product += w * (double(image[a]) - mean) * (double(image[b]) - mean);
      difference += w * std::pow(double(image[a]) - double(image[b]), 2);
    }
  }
  const auto n = static_cast<double>(region.size());
  EXPECT_NEAR(found.moran_i.value(), n / weight * product / square, 1e-9);
  EXPECT_NEAR(found.geary_c.value(), (n - 1) / (2 * weight) * difference / square, 1e-9);
}

TEST(Interpolate, BothMethodsReproduceALine) {
  space::Geometry grid = cube(9, 3);
  image::PetVolume image(grid);
  for (std::size_t at = 0; at < image.voxels().size(); ++at)
    image[at] = static_cast<float>(grid.to_lps(grid.index(at)).x + 2 * grid.to_lps(grid.index(at)).z);
  const space::Geometry fine = centred_grid(grid, {1, 2, 1.5});
  EXPECT_EQ(fine.size, (std::array<int, 3>{27, 14, 18}));
  const image::PetVolume linear = interpolate(image, fine, Interpolation::linear);
  for (std::size_t at = 0; at < linear.voxels().size(); ++at) {
    const space::PointLps p = fine.to_lps(fine.index(at));
    if (p.x < 0 || p.x > 24 || p.z < 0 || p.z > 24)
      continue;  // beyond the outermost centres the border holds
    EXPECT_NEAR(linear[at], p.x + 2 * p.z, 1e-4);
  }
}

TEST(Interpolate, TheSplinePassesThroughTheSamples) {
  const space::Geometry grid = cube(7, 2);
  image::PetVolume image(grid);
  base::Random random(2);
  for (float& value : image.voxels()) value = static_cast<float>(random.normal());
  const image::PetVolume again = interpolate(image, grid, Interpolation::cubic_spline);
  for (std::size_t at = 0; at < image.voxels().size(); ++at) EXPECT_NEAR(again[at], image[at], 1e-5);
}

TEST(Process, WithoutAStepLeavesRegionAndValuesAsTheyAre) {
  const space::Geometry grid = cube(20, 2);
  image::PetVolume image(grid);
  for (std::size_t at = 0; at < image.voxels().size(); ++at) image[at] = static_cast<float>(at % 17);
  const image::Region region = ball(grid, 9);
  const Processed processed = process(image, region, {});
  ASSERT_EQ(processed.shape.size(), region.size());
  EXPECT_EQ(processed.shape, processed.intensity);
  for (std::size_t n = 0; n < region.size(); ++n)
    EXPECT_EQ(processed.image[processed.shape[n]], image[region[n]]);
}

TEST(Process, ReSegmentationLeavesTheShape) {
  const space::Geometry grid = cube(20, 2);
  image::PetVolume image(grid, 1);
  image({10, 10, 10}) = 50;
  const image::Region region = ball(grid, 9);
  Processing how;
  how.highest = 10;
  const Processed processed = process(image, region, how);
  EXPECT_EQ(processed.shape.size(), region.size());
  EXPECT_EQ(processed.intensity.size(), region.size() - 1);
  how.highest.reset();
  how.outlier_sd = 3;
  EXPECT_EQ(process(image, region, how).intensity.size(), region.size() - 1);
}

}  // namespace
}  // namespace netpet::measure
