#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "anatomy/organ_search.h"
#include "synthetic_patient.h"

namespace netpet::anatomy {
namespace {

using namespace testing;

/// Where the arms of a patient lie.
enum class Arms { none, raised, hanging };

enum class Lungs { both, right };

/// How far a point lies from a line from `a` to `b`.
double from_line(space::PointLps p, space::PointLps a, space::PointLps b) {
  const space::Vec3 along = b - a, to = p - a;
  const double share = std::clamp(dot(to, along) / dot(along, along), 0.0, 1.0);
  return space::distance(p, a + along * share);
}

bool in_arm(space::PointLps p, Arms arms, double radius_mm) {
  const space::PointLps shoulder{165, 20, 300};
  const space::PointLps elbow =
      arms == Arms::raised ? space::PointLps{140, 10, 640} : space::PointLps{225, 10, 0};
  const space::PointLps q{std::abs(p.x), p.y, p.z};
  const bool forearm = arms == Arms::hanging && from_line(q, elbow, {220, 0, -480}) < radius_mm;
  return arms != Arms::none && (from_line(q, shoulder, elbow) < radius_mm || forearm);
}

/// Bones as large and as far apart as an adult's: a column with a sacrum, ribs as rings around two lungs,
/// shoulder blades behind them, a skull, hip bones with deep sockets, thighs.
bool in_bone(space::PointLps p, Arms arms) {
  const space::PointLps q{std::abs(p.x), p.y, p.z};
  const bool column = std::hypot(p.x, p.y - 60) < 20 && p.z > -330 && p.z < 440;
  const double cage = std::sqrt(q.x * q.x / (142.0 * 142) + p.y * p.y / (92.0 * 92));
  const bool rib = cage > 0.95 && cage < 1.03 && p.z > 0 && p.z < 310 && std::fmod(p.z, 28) < 10;
  const bool breastbone = q.x < 22 && std::abs(p.y + 90) < 7 && p.z > 90 && p.z < 280;
  const bool blade = std::abs(p.y - 108) < 6 && q.x > 60 && q.x < 125 && p.z > 190 && p.z < 300;
  const double skull = std::sqrt(q.x * q.x / (75.0 * 75) + (p.y - 20) * (p.y - 20) / (90.0 * 90) +
                                 (p.z - 510) * (p.z - 510) / (85.0 * 85));
  const double wing = std::sqrt(q.x * q.x / (125.0 * 125) + (p.y - 10) * (p.y - 10) / (90.0 * 90));
  const bool hip = wing > 0.92 && wing < 1.03 && q.x > 52 && p.z > -330 && p.z < -190;
  const space::PointLps head{88, 10, -330};
  const bool socket = space::distance(q, head) < 34 && q.x < 95;
  const bool seat = from_line(q, {70, 30, -340}, {55, 40, -410}) < 12;
  const bool thigh = space::distance(q, head) < 24 || from_line(q, head, {120, 15, -350}) < 14 ||
                     from_line(q, {120, 15, -350}, {105, 10, -560}) < 14;
  return column || rib || breastbone || blade || (skull > 0.92 && skull < 1) || hip || socket || seat ||
         thigh || in_arm(p, arms, 12);
}

bool in_body(space::PointLps p, Arms arms) {
  const double trunk = p.x * p.x / (185.0 * 185) + p.y * p.y / (125.0 * 125);
  const bool head = p.z > 280 && std::hypot(p.x / 85, (p.y - 20) / 100) < 1 && p.z < 605;
  const bool legs = from_line({std::abs(p.x), p.y, p.z}, {100, 10, -330}, {100, 10, -600}) < 75;
  return (trunk < 1 && p.z > -400 && p.z < 330) || head || legs || in_arm(p, arms, 45);
}

bool in_lung(space::PointLps p) {
  return p.z > 0 &&
         (in_ellipsoid(p, {-72, 0, 90}, {58, 76, 215}) || in_ellipsoid(p, {72, 0, 90}, {58, 76, 215}));
}

/// The CT of that patient from `low_z` to `high_z`, with the axes of `flip` (bits 0 to 2) the other way.
image::CtVolume make_skeleton(Arms arms, double low_z, double high_z, int flip = 0,
                              Lungs lungs = Lungs::both) {
  const space::Geometry grid =
      flipped_grid({-258, -134, low_z}, 4, {130, 68, static_cast<int>((high_z - low_z) / 4)}, flip);
  image::CtVolume ct(grid);
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    const space::PointLps p = grid.to_lps(grid.index(v));
    ct[v] = in_bone(p, arms)                                  ? 500
            : !in_body(p, arms)                               ? -1000
            : in_lung(p) && (lungs == Lungs::both || p.x < 0) ? -780
                                                              : 40;
  }
  return ct;
}

std::map<Organ, FoundOrgan> regions_of(const image::CtVolume& ct) {
  const base::Run run;
  const image::PetVolume pet(ct.geometry(), 1.F);
  const Scene scene = make_scene(&ct, &pet, record::Role::sstr, run);
  std::map<Organ, FoundOrgan> regions;
  for (FoundOrgan& found : divide_bones(scene, find_landmarks(scene, run), run))
    regions.emplace(found.organ, std::move(found));
  return regions;
}

Organ region_at(const std::map<Organ, FoundOrgan>& regions, space::PointLps p) {
  for (const auto& [organ, found] : regions)
    if (found.mask(found.mask.geometry().nearest(p))) return organ;
  return Organ::none;
}

TEST(BoneRegions, EveryRegionIsFoundOnItsOwnSideWhicheverWayTheAxesRun) {
  for (const int flip : {0, 7}) {
    const auto regions = regions_of(make_skeleton(Arms::raised, -560, 640, flip));
    EXPECT_EQ(region_at(regions, {0, 60, 100}), Organ::spine) << flip;
    EXPECT_EQ(region_at(regions, {0, 60, -280}), Organ::spine) << flip;
    EXPECT_EQ(region_at(regions, {0, -90, 200}), Organ::sternum) << flip;
    EXPECT_EQ(region_at(regions, {-140, 0, 145}), Organ::ribs_right) << flip;
    EXPECT_EQ(region_at(regions, {140, 0, 145}), Organ::ribs_left) << flip;
    EXPECT_EQ(region_at(regions, {-100, 108, 250}), Organ::shoulder_right) << flip;
    EXPECT_EQ(region_at(regions, {100, 108, 250}), Organ::shoulder_left) << flip;
    EXPECT_EQ(region_at(regions, {0, 20, 591}), Organ::skull) << flip;
    EXPECT_EQ(region_at(regions, {-118, 30, -240}), Organ::hip_right) << flip;
    EXPECT_EQ(region_at(regions, {118, 30, -240}), Organ::hip_left) << flip;
    EXPECT_EQ(region_at(regions, {-60, 36, -390}), Organ::hip_right) << flip;
    EXPECT_EQ(region_at(regions, {-88, 10, -330}), Organ::leg_right) << flip;
    EXPECT_EQ(region_at(regions, {106, 10, -540}), Organ::leg_left) << flip;
  }
}

TEST(BoneRegions, RaisedArmsBesideTheHeadAreNoSkullAndHangingOnesNoRibs) {
  const auto raised = regions_of(make_skeleton(Arms::raised, -560, 640));
  const double share = 210.0 / 340;  // of the arm, beside the skull
  const space::PointLps beside_head{165 - 25 * share, 20 - 10 * share, 300 + 340 * share};
  EXPECT_EQ(region_at(raised, beside_head), Organ::arm_left);
  EXPECT_EQ(region_at(raised, {-beside_head.x, beside_head.y, beside_head.z}), Organ::arm_right);
  const auto hanging = regions_of(make_skeleton(Arms::hanging, -560, 640));
  const space::PointLps beside_chest{165 + 60 * 0.6, 20 - 10 * 0.6, 300 - 300 * 0.6};
  EXPECT_EQ(region_at(hanging, beside_chest), Organ::arm_left);
  EXPECT_EQ(region_at(hanging, {-beside_chest.x, beside_chest.y, beside_chest.z}), Organ::arm_right);
  EXPECT_EQ(region_at(hanging, {220, 0, -470}), Organ::arm_left) << "the hand beside the thigh";
  EXPECT_FALSE(regions_of(make_skeleton(Arms::none, -560, 640)).contains(Organ::arm_left));
}

TEST(BoneRegions, AScanThatEndsAboveTheHipJointsShowsHipBonesAndNoLeg) {
  const auto regions = regions_of(make_skeleton(Arms::none, -270, 640));
  for (const Organ organ : {Organ::leg_left, Organ::leg_right}) EXPECT_FALSE(regions.contains(organ));
  EXPECT_EQ(region_at(regions, {118, 30, -240}), Organ::hip_left);
  EXPECT_LT(regions.at(Organ::hip_left).confidence, 0.6);
  EXPECT_EQ(region_at(regions, {-140, 0, 145}), Organ::ribs_right);
}

TEST(BoneRegions, WithOneLungTheSkullIsNoRib) {
  const auto regions = regions_of(make_skeleton(Arms::none, -560, 640, 0, Lungs::right));
  EXPECT_EQ(region_at(regions, {118, 30, -240}), Organ::hip_left);
  EXPECT_EQ(region_at(regions, {0, 20, 591}), Organ::bone);
  EXPECT_EQ(region_at(regions, {-140, 0, 145}), Organ::ribs_right);
  EXPECT_LT(regions.at(Organ::ribs_right).confidence, 0.6);
}

TEST(BoneRegions, WithoutAnyLandmarkBonesAreBones) {
  const auto regions = regions_of(make_skeleton(Arms::none, -600, -440));
  ASSERT_FALSE(regions.empty());
  for (const auto& [organ, found] : regions)
    EXPECT_TRUE(organ == Organ::bone || organ == Organ::spine) << static_cast<int>(organ);
}

TEST(Muscle, IsFoundBehindBothHipsAndNotWhereTheScanEndsAboveThem) {
  for (const int flip : {0, 7}) {
    const image::CtVolume ct = make_skeleton(Arms::raised, -560, 640, flip);
    const image::PetVolume pet(ct.geometry(), 1.F);
    const Scene scene = make_scene(&ct, &pet, record::Role::sstr, base::Run());
    const auto muscle = find_muscle(scene, find_landmarks(scene, base::Run()), base::Run());
    ASSERT_TRUE(muscle) << flip;
    EXPECT_EQ(muscle->organ, Organ::muscle);
    EXPECT_GE(muscle->confidence, least_organ_confidence);
    std::array<double, 2> ml{};
    for (const std::size_t v : image::region_of(muscle->mask)) {
      const space::PointLps p = scene.grid.to_lps(scene.grid.index(v));
      const double skin_y = 125 * std::sqrt(1 - p.x * p.x / (185.0 * 185));
      EXPECT_GT(std::abs(p.x), 25);
      EXPECT_LT(skin_y - p.y, 56);
      EXPECT_FALSE(in_bone(p, Arms::raised));
      EXPECT_TRUE(in_body(p, Arms::raised));
      ml[p.x > 0] += scene.grid.voxel_volume_ml();
    }
    EXPECT_GT(std::min(ml[0], ml[1]), 150);
  }
  const image::CtVolume chest = make_skeleton(Arms::raised, -120, 640);
  const image::PetVolume pet(chest.geometry(), 1.F);
  const Scene scene = make_scene(&chest, &pet, record::Role::sstr, base::Run());
  EXPECT_FALSE(find_muscle(scene, find_landmarks(scene, base::Run()), base::Run()));
}

}  // namespace
}  // namespace netpet::anatomy
