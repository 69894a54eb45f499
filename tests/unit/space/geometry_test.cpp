#include "space/geometry.h"

#include <gtest/gtest.h>

#include "space/affine.h"

namespace netpet::space {
namespace {

Geometry oblique() {
  Geometry geometry;
  geometry.origin = {-120, 35, 900};
  geometry.spacing = {2, 3, 5};
  geometry.direction = rigid({0, 0, 0}, {10, -20, 35}, {}).linear;
  geometry.size = {7, 9, 4};
  return geometry;
}

TEST(Geometry, AVoxelComesBackFromItsPoint) {
  const Geometry geometry = oblique();
  for (std::size_t n = 0; n < geometry.voxels(); ++n) {
    const IndexIjk index = geometry.index(n);
    EXPECT_EQ(geometry.offset(index), n);
    EXPECT_EQ(geometry.nearest(geometry.to_lps(index)), index);
  }
}

TEST(Geometry, ACoarserGridKeepsTheFieldOfView) {
  const Geometry fine = oblique();
  const Geometry coarse = with_spacing(fine, 6);
  const auto corner = [](const Geometry& g) { return g.to_lps(ContinuousIjk{-0.5, -0.5, -0.5}); };
  const auto opposite = [](const Geometry& g) {
    return g.to_lps(ContinuousIjk{g.size[0] - 0.5, g.size[1] - 0.5, g.size[2] - 0.5});
  };
  EXPECT_NEAR(distance(corner(fine), corner(coarse)), 0, 1e-9);
  EXPECT_NEAR(distance(opposite(fine), opposite(coarse)), 0, 1e-9);
  EXPECT_LT(coarse.voxels(), fine.voxels());
}

TEST(Affine, TheInverseUndoesTheTransform) {
  const Affine there = rigid({10, -20, 300}, {5, -8, 12}, {30, 2, -50});
  const Affine back = there.inverted();
  const PointLps point{7, 8, 9};
  EXPECT_NEAR(distance(back(there(point)), point), 0, 1e-9);
  EXPECT_NEAR(distance(back.after(there)(point), point), 0, 1e-9);
  EXPECT_NEAR(there.linear.determinant(), 1, 1e-12);
}

TEST(Affine, ARotationAboutACentreLeavesTheCentre) {
  const PointLps centre{10, -20, 300};
  EXPECT_NEAR(distance(rigid(centre, {5, -8, 12}, {})(centre), centre), 0, 1e-9);
  const PointLps turned = rigid({0, 0, 0}, {0, 0, 90}, {})(PointLps{1, 0, 0});
  EXPECT_NEAR(distance(turned, PointLps{0, 1, 0}), 0, 1e-12);
}

}  // namespace
}  // namespace netpet::space
