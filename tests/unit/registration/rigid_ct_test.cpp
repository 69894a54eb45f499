#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registration/rigid.h"
#include "synthetic_body.h"

namespace netpet::registration {
namespace {

using space::Affine;
using space::Geometry;

const SyntheticBody& patient() {
  static const SyntheticBody body(1);
  return body;
}

Geometry usual_grid() {
  return scan_grid({128, 128, 200}, {3, 3, 3.27});
}

/// The fixed scan shows the body in its own axes.
const image::CtVolume& usual_scan() {
  static const image::CtVolume ct = scan_of(patient(), usual_grid(), Affine{}, 11);
  return ct;
}

/// The moving scan of a body that was moved by `motion` (fixed LPS → moving LPS).
image::CtVolume moved_scan(const Affine& motion, const Geometry& grid, std::uint64_t noise = 12) {
  return scan_of(patient(), grid, motion.inverted(), noise);
}

TEST(RigidCt, AScanLiesOnItself) {
  const auto result = register_rigid_ct(usual_scan(), usual_scan(), run());
  EXPECT_LT(greatest_error_mm(result.fixed_to_moving, {}), 0.1);
  EXPECT_GT(result.quality.dice_body.value(), 0.999);
  EXPECT_GT(result.quality.ncc.value(), 0.999);
}

TEST(RigidCt, AShiftOfOneVoxelAndATurnOfThreeDegreesAreFound) {
  const Affine motion = space::rigid({0, 0, 0}, {1, 2, 3}, {3, -3, 3.27});
  const auto result = register_rigid_ct(usual_scan(), moved_scan(motion, usual_grid()), run());
  EXPECT_LT(greatest_error_mm(result.fixed_to_moving, motion), 0.3);
  EXPECT_LT(result.error_mm.value(), 4);  // a voxel of the working grid
}

class RigidCtStarts : public testing::TestWithParam<std::pair<space::Vec3, space::Vec3>> {};

TEST_P(RigidCtStarts, FarStartsAreFound) {
  const auto [degrees, shift] = GetParam();
  const Affine motion = space::rigid({0, 0, 0}, degrees, shift);
  const auto result = register_rigid_ct(usual_scan(), moved_scan(motion, usual_grid()), run());
  EXPECT_LT(greatest_error_mm(result.fixed_to_moving, motion), 0.5);
}

INSTANTIATE_TEST_SUITE_P(Starts, RigidCtStarts,
                         testing::Values(std::pair{space::Vec3{10, 0, 0}, space::Vec3{0, 0, 60}},
                                         std::pair{space::Vec3{0, -10, 0}, space::Vec3{40, -20, -40}},
                                         std::pair{space::Vec3{0, 0, 10}, space::Vec3{-35, 35, 35}},
                                         std::pair{space::Vec3{6, -6, 6}, space::Vec3{-20, 10, -55}},
                                         std::pair{space::Vec3{-9, 9, -9}, space::Vec3{30, 15, 80}}));

TEST(RigidCt, OtherSpacingAndFieldOfViewFindTheSameMotion) {
  const Affine motion = space::rigid({0, 0, 0}, {-2, 3, 2}, {8, 5, -25});
  // Coarser slices, wider, and without the lowest 200 mm.
  const Geometry other = scan_grid({110, 110, 90}, {4, 4, 5}, {10, 0, 75});
  const auto result = register_rigid_ct(usual_scan(), moved_scan(motion, other), run());
  EXPECT_LT(greatest_error_mm(result.fixed_to_moving, motion), 0.5);
}

TEST(RigidCt, ThreadsChangeNothing) {
  const Affine motion = space::rigid({0, 0, 0}, {2, 1, -3}, {5, 6, 7});
  const auto moved = moved_scan(motion, scan_grid({100, 100, 120}, {4, 4, 5}));
  const auto one = register_rigid_ct(usual_scan(), moved, base::Run(nullptr, {}, 1));
  const auto four = register_rigid_ct(usual_scan(), moved, base::Run(nullptr, {}, 4));
  EXPECT_EQ(one.rigid, four.rigid);
  EXPECT_EQ(one.samples, four.samples);
}

TEST(RigidCt, TheOrderOfStorageChangesNothing) {
  const Affine motion = space::rigid({0, 0, 0}, {2, 1, -3}, {5, 6, 7});
  const auto moved = moved_scan(motion, usual_grid());
  Geometry grid = moved.geometry();
  grid.origin = grid.to_lps(space::IndexIjk{0, grid.size[1] - 1, grid.size[2] - 1});
  for (int row = 0; row < 3; ++row) grid.direction(row, 1) *= -1, grid.direction(row, 2) *= -1;
  image::CtVolume flipped(grid);
  for (std::size_t n = 0; n < flipped.voxels().size(); ++n)
    flipped[n] = moved(moved.geometry().nearest(grid.to_lps(grid.index(n))));
  EXPECT_LT(greatest_error_mm(register_rigid_ct(usual_scan(), flipped, run()).fixed_to_moving, motion), 0.3);
}

TEST(RigidCt, SwappedScansGiveTheInverse) {
  const auto moved = moved_scan(space::rigid({0, 0, 0}, {2, 1, -3}, {5, 6, 7}), usual_grid());
  const auto there = register_rigid_ct(usual_scan(), moved, run()),
             back = register_rigid_ct(moved, usual_scan(), run());
  for (double x = -100; x <= 100; x += 50)
    for (double z = -180; z <= 180; z += 60) {
      const space::PointLps p{x, 20, z};
      EXPECT_LT(distance(back.fixed_to_moving(there.fixed_to_moving(p)), p), 1e-6);
      EXPECT_NEAR(error_at(back, there.fixed_to_moving(p)), error_at(there, p), 1e-6);
    }
  EXPECT_EQ(back.quality.inlier_share.value(), there.quality.inlier_share.value());
}

/// What a registration is refused with; empty where it is not.
std::string refusal_of(const image::CtVolume& fixed, const image::CtVolume& moving) {
  try {
    register_rigid_ct(fixed, moving, run());
  } catch (const base::Error& error) {
    return error.code();
  }
  return {};
}

TEST(RigidCt, AnotherPatientIsRefused) {
  EXPECT_EQ(refusal_of(usual_scan(), scan_of(SyntheticBody(2), usual_grid(), Affine{}, 3)),
            "registration_failed");
}

TEST(RigidCt, ScansThatShareTooLittleAreRefused) {
  const auto head_end = scan_of(patient(), scan_grid({128, 128, 80}, {3, 3, 3.27}, {0, 0, 190}), Affine{}, 4);
  const auto foot_end =
      scan_of(patient(), scan_grid({128, 128, 80}, {3, 3, 3.27}, {0, 0, -190}), Affine{}, 5);
  EXPECT_EQ(refusal_of(head_end, foot_end), "registration_failed");
}

TEST(RigidCt, AnEmptyScanIsRefused) {
  EXPECT_EQ(refusal_of(usual_scan(), image::CtVolume(usual_grid(), -1000)), "registration_failed");
}

}  // namespace
}  // namespace netpet::registration
