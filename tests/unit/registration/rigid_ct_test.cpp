#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

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

class Log : public base::Progress {
  void stage(std::string_view) override {}
  void fraction(double) override {}
  void detail(std::string_view line) override { std::cerr << line << "\n"; }
};

base::Run run() {
  static Log log;
  return base::Run(std::getenv("NETPET_TEST_LOG") ? &log : nullptr, {}, 2);
}

Geometry usual_grid() {
  return scan_grid({128, 128, 200}, {3, 3, 3.27});
}

/// The fixed scan shows the body in its own axes.
const image::CtVolume& usual_scan() {
  static const image::CtVolume ct = scan_of(patient(), usual_grid(), {}, 11);
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

}  // namespace
}  // namespace netpet::registration
