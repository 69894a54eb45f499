#include "anatomy/segment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/scene.h"
#include "base/random.h"
#include "synthetic_patient.h"

namespace netpet::anatomy {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::Field;

/// A torso of simple solids: body, two lungs above two domes, a column of vertebrae, liver, spleen, kidneys,
/// bladder.
struct Torso {
  image::CtVolume ct;
  image::PetVolume suv;
  image::LabelMap truth;
};

struct Tissue {
  std::uint16_t organ;
  int hu;
  double sstr;
};

Tissue tissue_at(space::PointLps p) {
  if (p.x * p.x / (180.0 * 180) + p.y * p.y / (115.0 * 115) > 1) return {0, -1000, 0};
  if (std::hypot(p.x, p.y - 60) < 20) return {id_of(Organ::bone), 350, 1};
  if (p.z > 40 && std::hypot(p.x - 25, p.y - 32) < 12) return {id_of(Organ::aorta), 45, 1.6};
  const bool liver = in_ellipsoid(p, {-75, -5, 0}, {85, 75, 80});
  if (in_ellipsoid(p, {58, 50, -75}, {27, 25, 52})) return {id_of(Organ::kidney_left), 32, 14};
  if (in_ellipsoid(p, {-58, 50, -95}, {27, 25, 52})) return {id_of(Organ::kidney_right), 32, 14};
  if (liver) return {id_of(Organ::liver), 55, 6};
  if (in_ellipsoid(p, {108, 40, 10}, {26, 42, 48})) return {id_of(Organ::spleen), 50, 22};
  if (in_ellipsoid(p, {0, -20, -330}, {38, 35, 30})) return {id_of(Organ::bladder), 5, 30};
  const bool right_lung = in_ellipsoid(p, {-90, 10, 120}, {70, 68, 170}),
             left_lung = in_ellipsoid(p, {95, 10, 120}, {65, 68, 170});
  if (p.z > 0 && (right_lung || left_lung))
    return {id_of(right_lung ? Organ::lung_right : Organ::lung_left), -780, 0.5};
  return {0, p.x * p.x / (160.0 * 160) + p.y * p.y / (95.0 * 95) > 1 ? -100 : -60, 0.6};
}

/// `air`: voxels beside, before and behind the torso beyond those of its own grid.
Torso make_torso(int flip, int air = 0) {
  const space::Geometry grid =
      flipped_grid({-190.0 - 4 * air, -126.0 - 4 * air, -400}, 4, {96 + 2 * air, 64 + 2 * air, 175}, flip);
  Torso torso{image::CtVolume(grid), image::PetVolume(grid), image::LabelMap(grid)};
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    const Tissue tissue = tissue_at(grid.to_lps(grid.index(v)));
    torso.ct[v] = static_cast<std::int16_t>(tissue.hu);
    torso.suv[v] = static_cast<float>(tissue.sstr);
    torso.truth[v] = tissue.organ;
  }
  return torso;
}

double dice(const OrganMap& map, const image::LabelMap& truth, Organ organ) {
  const image::LabelMap mine = organs_on_grid(map, truth.geometry(), {}, base::Run());
  double both = 0, sum = 0;
  for (std::size_t v = 0; v < truth.voxels().size(); ++v) {
    const bool a = truth[v] == id_of(organ), b = mine[v] == id_of(organ);
    both += a && b, sum += a + b;
  }
  return 2 * both / sum;
}

TEST(Segment, FindsTheOrgansOfASimpleTorsoWhicheverWayItsAxesRun) {
  for (const int flip : {0, 3, 4, 7}) {
    const Torso torso = make_torso(flip);
    const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run(nullptr, {}, 2));
    EXPECT_EQ(map.source, "auto");
    EXPECT_GT(dice(map, torso.truth, Organ::liver), 0.8) << flip;
    EXPECT_GT(dice(map, torso.truth, Organ::spleen), 0.75) << flip;
    EXPECT_GT(dice(map, torso.truth, Organ::kidney_left), 0.75) << flip;
    EXPECT_GT(dice(map, torso.truth, Organ::kidney_right), 0.75) << flip;
    EXPECT_GT(dice(map, torso.truth, Organ::bladder), 0.75) << flip;
    EXPECT_GT(dice(map, torso.truth, Organ::lung_left), 0.8) << flip;
  }
}

TEST(Segment, AirBesideThePatientIsNotLookedAt) {
  const Torso close = make_torso(0, 12), wide = make_torso(0, 40);
  const Scene of_close = make_scene(&close.ct, &close.suv, record::Role::sstr, base::Run()),
              of_wide = make_scene(&wide.ct, &wide.suv, record::Role::sstr, base::Run());
  EXPECT_EQ(of_wide.grid, of_close.grid);
  // Places differ by rounding: 1e-5 of a voxel at steps of 30 SUV and 1350 HU.
  EXPECT_THAT(of_wide.suv.voxels(), ::testing::Pointwise(::testing::FloatNear(3e-4F), of_close.suv.voxels()));
  EXPECT_THAT(of_wide.ct_mean->voxels(),
              ::testing::Pointwise(::testing::FloatNear(0.5F), of_close.ct_mean->voxels()));
  // The skin lies 180 mm to the left and right of the middle, and 115 mm before and behind it.
  for (const double side : {-1, 1}) {
    EXPECT_TRUE(of_wide.grid.contains(of_wide.grid.nearest({side * 210, 0, 0})));
    EXPECT_TRUE(of_wide.grid.contains(of_wide.grid.nearest({0, side * 145, 0})));
    EXPECT_FALSE(of_wide.grid.contains(of_wide.grid.nearest({side * 225, 0, 0})));
  }
}

/// The muscles of the wall around the fat within.
void add_wall(Torso& torso) {
  const space::Geometry& grid = torso.ct.geometry();
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    const space::PointLps p = grid.to_lps(grid.index(v));
    const double rho = std::sqrt(p.x * p.x / (160.0 * 160) + p.y * p.y / (95.0 * 95));
    if (rho > 0.86 && rho <= 1 && torso.ct[v] == -60) torso.ct[v] = 50;
  }
}

TEST(Segment, WhatLiesWithinTheWallAndIsNoFatIsGutAndTheColumnIsSpine) {
  Torso torso = make_torso(0);
  const space::Geometry& grid = torso.ct.geometry();
  add_wall(torso);
  std::size_t loop = 0, labelled_gut = 0, column = 0, labelled_spine = 0;
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    // A loop of bowel with gas in the fat within.
    const space::PointLps p = grid.to_lps(grid.index(v));
    if (in_ellipsoid(p, {0, -40, -180}, {60, 22, 22}))
      torso.ct[v] = p.y < -45 ? -900 : 35, torso.truth[v] = 214;
  }
  const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run());
  const image::LabelMap mine = organs_on_grid(map, grid, {}, base::Run());
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    loop += torso.truth[v] == 214, labelled_gut += torso.truth[v] == 214 && mine[v] == id_of(Organ::gut);
    column += torso.truth[v] == id_of(Organ::bone);
    labelled_spine += torso.truth[v] == id_of(Organ::bone) && mine[v] == id_of(Organ::spine);
  }
  EXPECT_GT(static_cast<double>(labelled_gut), 0.8 * static_cast<double>(loop));
  EXPECT_GT(static_cast<double>(labelled_spine), 0.8 * static_cast<double>(column));
}

TEST(Segment, UrineFainterThanTwiceTheLiverIsFoundBesideASmallerHotterNode) {
  Torso torso = make_torso(0);
  for (std::size_t v = 0; v < torso.truth.voxels().size(); ++v)
    if (torso.truth[v] == id_of(Organ::bladder)) torso.suv[v] = 8;
  const auto node = add_ball(torso.suv, {-50, -20, -370}, 10, 40);
  for (const std::size_t v : node) torso.truth[v] = 0;
  const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run());
  EXPECT_GT(dice(map, torso.truth, Organ::bladder), 0.7);
  const image::LabelMap mine = organs_on_grid(map, torso.truth.geometry(), {}, base::Run());
  for (const std::size_t v : node) EXPECT_NE(mine[v], id_of(Organ::bladder));
}

TEST(Segment, KidneysAsDenseAsThinBoneAreKidneysToTheirBack) {
  Torso torso = make_torso(0);
  for (std::size_t v = 0; v < torso.truth.voxels().size(); ++v) {
    const bool kidney =
        torso.truth[v] == id_of(Organ::kidney_left) || torso.truth[v] == id_of(Organ::kidney_right);
    if (kidney) torso.ct[v] = 200;
    // A rib behind the kidneys, which they touch.
    const space::PointLps p = torso.truth.geometry().to_lps(torso.truth.geometry().index(v));
    if (std::abs(p.y - 78) < 5 && std::abs(p.z + 85) < 8 && std::abs(p.x) < 110)
      torso.ct[v] = 500, torso.suv[v] = 1, torso.truth[v] = id_of(Organ::bone);
  }
  const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run());
  EXPECT_GT(dice(map, torso.truth, Organ::kidney_left), 0.75);
  EXPECT_GT(dice(map, torso.truth, Organ::kidney_right), 0.75);
}

TEST(Segment, AnAortaAsDenseAsBoneThatTouchesTheColumnIsAnAorta) {
  Torso torso = make_torso(0);
  std::size_t all = 0, labelled = 0;
  for (std::size_t v = 0; v < torso.truth.voxels().size(); ++v) {
    const space::PointLps p = torso.truth.geometry().to_lps(torso.truth.geometry().index(v));
    if (torso.truth[v] == id_of(Organ::aorta)) torso.ct[v] = 230;
    // What of its wall is calcified joins it to the vertebrae.
    if (p.z > 40 && std::hypot(p.x - 14, p.y - 43) < 8 && torso.truth[v] == 0) torso.ct[v] = 300;
  }
  const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run());
  const image::LabelMap mine = organs_on_grid(map, torso.truth.geometry(), {}, base::Run());
  for (std::size_t v = 0; v < torso.truth.voxels().size(); ++v) {
    const space::PointLps p = torso.truth.geometry().to_lps(torso.truth.geometry().index(v));
    if (std::hypot(p.x - 25, p.y - 32) > 6 || p.z < 60 || p.z > 160) continue;
    ++all, labelled += mine[v] == id_of(Organ::aorta);
  }
  EXPECT_GT(static_cast<double>(labelled), 0.8 * static_cast<double>(all));
}

TEST(Segment, AHotMetastasisStaysPartOfTheLiver) {
  Torso torso = make_torso(0);
  const auto lesion = add_ball(torso.suv, {-90, 0, 10}, 15, 40);
  const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run());
  const image::LabelMap mine = organs_on_grid(map, torso.truth.geometry(), {}, base::Run());
  for (const std::size_t v : lesion) ASSERT_EQ(mine[v], id_of(Organ::liver));
}

TEST(Segment, EveryOrganCarriesAConfidenceAndTheMapSaysThatItIsAutomatic) {
  const Torso torso = make_torso(0);
  const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run());
  EXPECT_THAT(map.warnings, Contains(Field(&record::Warning::code, "organs_automatic")));
  for (const std::uint16_t id : map.labels.voxels())
    if (id != 0) {
      ASSERT_TRUE(map.confidence.contains(id)) << id;
      ASSERT_GE(map.confidence.at(id), least_organ_confidence) << id;
    }
}

TEST(Segment, WithoutACtTheOrgansAreFoundWithLowConfidenceOnly) {
  const Torso torso = make_torso(0);
  const OrganMap map = segment_organs(nullptr, &torso.suv, record::Role::sstr, base::Run());
  EXPECT_GT(dice(map, torso.truth, Organ::liver), 0.6);
  for (const auto& [id, confidence] : map.confidence) EXPECT_LE(confidence, 0.45) << id;
}

TEST(Segment, WithoutACtNothingStandsForTheBloodPool) {
  const Torso torso = make_torso(0);
  for (const record::Role role : {record::Role::sstr, record::Role::fdg}) {
    const OrganMap map = segment_organs(nullptr, &torso.suv, role, base::Run());
    for (const Organ organ : {Organ::aorta, Organ::heart})
      EXPECT_FALSE(map.confidence.contains(id_of(organ)));
    EXPECT_THAT(map.warnings, Contains(Field(&record::Warning::message, "The aorta was not found.")));
  }
}

/// The part of a torso below a height.
image::CtVolume cut_above(const image::CtVolume& ct, double z_mm) {
  space::Geometry grid = ct.geometry();
  grid.size[2] = static_cast<int>((z_mm - grid.origin.z) / grid.spacing.z);
  return {grid, {ct.voxels().begin(), ct.voxels().begin() + static_cast<std::ptrdiff_t>(grid.voxels())}};
}

TEST(Segment, ACtAloneShowsLiverSpleenAndKidneys) {
  Torso torso = make_torso(0);
  add_wall(torso);
  const OrganMap map = segment_organs(&torso.ct, nullptr, record::Role::sstr, base::Run(nullptr, {}, 2));
  EXPECT_GT(dice(map, torso.truth, Organ::liver), 0.8);
  // The upper half of this spleen stands beside the lung, higher than any diaphragm.
  EXPECT_GT(dice(map, torso.truth, Organ::spleen), 0.45);
  EXPECT_GT(dice(map, torso.truth, Organ::kidney_left), 0.75);
  EXPECT_GT(dice(map, torso.truth, Organ::kidney_right), 0.75);
  EXPECT_GT(dice(map, torso.truth, Organ::lung_right), 0.85);
}

TEST(Segment, TheTipsOfLungsThatTheScanCutsOffAreLungs) {
  const Torso torso = make_torso(0);
  const image::CtVolume ct = cut_above(torso.ct, 70);
  const OrganMap map = segment_organs(&ct, nullptr, record::Role::sstr, base::Run(nullptr, {}, 2));
  const image::LabelMap mine = organs_on_grid(map, ct.geometry(), {}, base::Run());
  std::size_t lung = 0, labelled = 0;
  for (std::size_t v = 0; v < ct.voxels().size(); ++v) {
    const bool is_lung =
        torso.truth[v] == id_of(Organ::lung_left) || torso.truth[v] == id_of(Organ::lung_right);
    lung += is_lung, labelled += is_lung && record::is_lung(mine[v]);
  }
  EXPECT_GT(static_cast<double>(labelled), 0.75 * static_cast<double>(lung));
}

TEST(Segment, AnAbsentSpleenIsNotInvented) {
  Torso torso = make_torso(0);
  for (std::size_t v = 0; v < torso.truth.voxels().size(); ++v)
    if (torso.truth[v] == id_of(Organ::spleen)) torso.ct[v] = -60, torso.suv[v] = 0.6F;
  const OrganMap map = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run());
  EXPECT_FALSE(map.confidence.contains(id_of(Organ::spleen)));
  EXPECT_THAT(map.warnings, Contains(Field(&record::Warning::code, "organ_not_found")));
}

TEST(Segment, AnEmptyScanGivesAnEmptyMapAndNoCrash) {
  space::Geometry grid;
  grid.size = {20, 20, 20};
  grid.spacing = {4, 4, 4};
  const image::CtVolume ct(grid, -1000);
  const image::PetVolume suv(grid);
  const OrganMap map = segment_organs(&ct, &suv, record::Role::fdg, base::Run());
  for (const std::uint16_t id : map.labels.voxels()) EXPECT_EQ(id, 0);
}

TEST(Segment, ThreadCountChangesNothing) {
  const Torso torso = make_torso(0);
  const OrganMap one = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run(nullptr, {}, 1));
  const OrganMap five = segment_organs(&torso.ct, &torso.suv, record::Role::sstr, base::Run(nullptr, {}, 5));
  EXPECT_EQ(one.labels.voxels(), five.labels.voxels());
}

}  // namespace
}  // namespace netpet::anatomy
