#include "pipeline/saved_registration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "base/error.h"
#include "written_series.h"

namespace netpet::pipeline {
namespace {

class SavedRegistration : public FolderOfTest {};

/// Bent by half a wave of 3 mm, with its numerical inverse, and turned; numbers that six digits do not hold.
record::Registration bent() {
  space::Geometry grid;
  grid.origin = {-60.123456789, -60.1, -90.7};
  grid.spacing = {6, 6, 6};
  grid.size = {21, 21, 31};
  space::DisplacementField there(grid), back(grid);
  for (std::size_t n = 0; n < grid.voxels(); ++n) {
    const auto wave = [](double x) { return 3 * std::sin(x / 60); };
    const space::PointLps p = grid.to_lps(grid.index(n));
    double x = p.x;
    for (int round = 0; round < 30; ++round) x = p.x - wave(x);
    there.nodes()[n] = {static_cast<float>(wave(p.x)), 0, 0};
    back.nodes()[n] = {static_cast<float>(x - p.x), 0, 0};
  }
  record::Registration registration;
  registration.method = "of a test";
  registration.rigid = space::rigid({1, 2, 3}, {4.56789012345, -5, 6}, {7, 8, 9.87654321012});
  registration.fixed_to_moving = space::Transform(registration.rigid, std::move(there), std::move(back));
  registration.quality.ncc = 1.0 / 3;
  registration.quality.dice_bone = base::NotComputable{"no bone"};
  registration.error_mm = 2.0 / 3;
  registration.samples = {{{1.0 / 3, -20, 30}, 1.0 / 7}, {{40, 5, -60}, 2}};
  registration.warnings.push_back({"deformation_rejected", "said before"});
  return registration;
}

RegisteredPair pair() {
  return {{"1.2.3", "00000000000000aa"}, {"1.2.4", "00000000000000bb"}};
}

/// What loading is refused with; empty where it is not.
std::string refusal_of(const std::filesystem::path& place, const RegisteredPair& pair) {
  try {
    load_registration(place, pair);
  } catch (const base::Error& error) {
    return error.code();
  }
  return {};
}

TEST_F(SavedRegistration, IsTheVerySameWhenItIsReadAgain) {
  save_registration(bent(), pair(), folder_);
  const record::Registration first = bent();
  for (const auto& place : {folder_, folder_ / "registration.json"}) {
    const record::Registration again = load_registration(place, pair());
    EXPECT_EQ(again.method, first.method);
    EXPECT_EQ(again.rigid, first.rigid);
    EXPECT_EQ(again.samples, first.samples);
    EXPECT_EQ(again.error_mm, first.error_mm);
    EXPECT_EQ(again.quality.ncc, first.quality.ncc);
    EXPECT_EQ(again.quality.dice_bone, first.quality.dice_bone);
    EXPECT_TRUE(again.quality.dice_body.does_not_apply());
    EXPECT_EQ(again.warnings, first.warnings);
    for (const space::PointLps p : {space::PointLps{0, 0, 0}, space::PointLps{33.3, -20, 70}}) {
      EXPECT_EQ(again.fixed_to_moving(p), first.fixed_to_moving(p));
      EXPECT_EQ(again.fixed_to_moving.inverted()(p), first.fixed_to_moving.inverted()(p));
    }
  }
}

TEST_F(SavedRegistration, OfARigidPairNeedsNoFieldsBesideIt) {
  record::Registration rigid = bent();
  rigid.fixed_to_moving = rigid.rigid;
  save_registration(rigid, pair(), folder_);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "registration_there.nii.gz"));
  const record::Registration again = load_registration(folder_, pair());
  ASSERT_NE(again.fixed_to_moving.affine(), nullptr);
  EXPECT_EQ(*again.fixed_to_moving.affine(), rigid.rigid);
}

TEST_F(SavedRegistration, OfTheScansInTheOtherOrderIsTurnedRound) {
  save_registration(bent(), pair(), folder_);
  const record::Registration turned = load_registration(folder_, {pair().moving, pair().fixed});
  const space::PointLps p{10, 20, 30}, there = bent().fixed_to_moving(p);
  EXPECT_EQ(turned.fixed_to_moving(there), bent().fixed_to_moving.inverted()(there));
  EXPECT_EQ(turned.samples[0].fixed_lps_mm, bent().fixed_to_moving(bent().samples[0].fixed_lps_mm));
}

TEST_F(SavedRegistration, OfOtherScansIsRefused) {
  save_registration(bent(), pair(), folder_);
  RegisteredPair content = pair(), frame = pair(), unknown_frame = pair();
  content.moving.content = "00000000000000cc";
  frame.fixed.frame_of_reference_uid = "1.2.9";
  unknown_frame.fixed.frame_of_reference_uid.clear();
  EXPECT_EQ(refusal_of(folder_, content), "registration_of_other_scans");
  EXPECT_EQ(refusal_of(folder_, frame), "registration_of_other_scans");
  EXPECT_EQ(refusal_of(folder_, unknown_frame), "");
  EXPECT_EQ(refusal_of(folder_ / "none", pair()), "file_missing");
}

TEST_F(SavedRegistration, WhoseWaysDoNotBelongTogetherIsRefused) {
  record::Registration torn = bent();
  auto parts = torn.fixed_to_moving.parts();
  space::DisplacementField back = *parts.back;
  for (auto& v : back.nodes()) v.y += 5;
  parts.back = std::make_shared<const space::DisplacementField>(back);
  torn.fixed_to_moving = space::Transform(parts);
  save_registration(torn, pair(), folder_);
  EXPECT_EQ(refusal_of(folder_, pair()), "registration_malformed");
}

TEST_F(SavedRegistration, ThatWasCutShortIsRefused) {
  save_registration(bent(), pair(), folder_);
  const auto back = folder_ / "registration_back.nii.gz";
  std::filesystem::resize_file(back, std::filesystem::file_size(back) / 2);
  EXPECT_EQ(refusal_of(folder_, pair()), "nifti_malformed");
  std::ofstream(folder_ / "registration.json") << "{\"schema\":\"netpet-registration/1\"}";
  EXPECT_EQ(refusal_of(folder_, pair()), "registration_malformed");
}

TEST(ScanIdentity, TellsVoxelsAndPlaceApart) {
  space::Geometry grid;
  grid.size = {5, 4, 3};
  image::CtVolume scan(grid, -1000), other = scan;
  EXPECT_EQ(identity_of(scan), identity_of(other));
  other[59] = -999;
  EXPECT_NE(identity_of(scan).content, identity_of(other).content);
  grid.origin.z = 1;
  EXPECT_NE(identity_of(scan).content, identity_of(image::CtVolume(grid, -1000)).content);
}

}  // namespace
}  // namespace netpet::pipeline
