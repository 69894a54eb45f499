#include "registration/breathing.h"

#include <gtest/gtest.h>

#include "registration/body.h"
#include "synthetic_body.h"

namespace netpet::registration {
namespace {

/// A trunk with two lungs over a dome of tissue, whose top lies at `dome_mm`; a patient grid of 4 mm.
struct Trunk {
  Field hu;
  image::Mask body;
};

Trunk trunk(double dome_mm, double lung_top_mm = 200) {
  space::Geometry grid;
  grid.size = {80, 60, 80};
  grid.spacing = {4, 4, 4};
  grid.origin = {-158, -118, -100};
  Trunk result{Field(grid, -1000), image::Mask(grid)};
  for (std::size_t n = 0; n < grid.voxels(); ++n) {
    const auto p = grid.to_lps(grid.index(n));
    if (std::hypot(p.x / 150, p.y / 110) > 1) continue;
    result.body[n] = 1;
    const double x = std::abs(p.x) - 75;
    const double base = dome_mm - (x * x + p.y * p.y) / 120;
    const bool in_lung = std::hypot(x / 55, p.y / 80) < 1 && p.z > base && p.z < lung_top_mm;
    // The share of the voxel that is lung: what a scanner shows at the base.
    const double share =
        in_lung ? 1 : std::clamp((p.z + 4 - base) / 4, 0.0, 1.0) * (p.z < lung_top_mm ? 1 : 0);
    result.hu[n] = std::hypot(x / 55, p.y / 80) < 1 ? static_cast<float>(50 - 850 * share) : 50.0F;
  }
  return result;
}

base::Computed<double> offset(const Trunk& fixed, const Trunk& moving, const space::Affine& transform) {
  return breathing_offset_mm(right_lung_base(fixed.hu, fixed.body), right_lung_base(moving.hu, moving.body),
                             transform);
}

TEST(BreathingOffset, IsHowMuchNearerTheHeadTheDomeLiesOnTheMovingScan) {
  EXPECT_NEAR(offset(trunk(20), trunk(33), {}).value(), 13, 1);
  EXPECT_NEAR(offset(trunk(33), trunk(20), {}).value(), -13, 1);
  EXPECT_NEAR(offset(trunk(20), trunk(20), {}).value(), 0, 1e-6);
}

TEST(BreathingOffset, AMotionOfTheWholeBodyIsNoBreath) {
  const space::Affine lifted{{}, {8, -4, 24}};
  Trunk moved = trunk(20);
  space::Geometry grid = moved.hu.geometry();
  grid.origin = lifted(grid.origin);
  Field hu(grid, std::vector<float>(moved.hu.voxels().begin(), moved.hu.voxels().end()));
  image::Mask body(grid, 0);
  for (std::size_t n = 0; n < grid.voxels(); ++n) body[n] = moved.body[n];
  EXPECT_NEAR(offset(trunk(20), {hu, body}, lifted).value(), 0, 1e-6);
}

TEST(BodyMask, HoldsLungsBehindAChestWallOfOneVoxel) {
  Trunk thin = trunk(20);
  const auto& grid = thin.hu.geometry();
  for (std::size_t n = 0; n < grid.voxels(); ++n) {
    const auto p = grid.to_lps(grid.index(n));
    const double to_skin = 110 * (1 - std::hypot(p.x / 150, p.y / 110));
    if (thin.body[n] && p.y < 0 && std::abs(p.x) < 60 && p.z > 40 && p.z < 80 && to_skin > 5)
      thin.hu[n] = -800;
  }
  const image::Mask body = body_mask(thin.hu);
  EXPECT_TRUE(body(grid.nearest({40, -80, 60})));
  EXPECT_FALSE(body(grid.nearest({0, -115, 60})));
}

TEST(BreathingOffset, WithoutTheDomeInBothItIsNotComputable) {
  Trunk blind = trunk(20);
  for (float& value : blind.hu.voxels())
    if (value < -150) value = 50;
  EXPECT_FALSE(offset(trunk(20), blind, {}).has_value());
  EXPECT_FALSE(offset(blind, trunk(20), {}).has_value());
  EXPECT_FALSE(offset(trunk(20), trunk(20), space::Affine{{}, {500, 0, 0}}).has_value());
}

}  // namespace
}  // namespace netpet::registration
