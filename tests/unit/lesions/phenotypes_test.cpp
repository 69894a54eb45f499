#include "lesions/phenotypes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "image/components.h"
#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

const space::Geometry kGrid = cube_grid(31, 4);
constexpr space::PointLps kMiddle{60, 60, 60};

/// What lies above a share of the maximum, joined to it.
Outline outline_at(const image::PetVolume& suv, float share) {
  const auto top = static_cast<std::size_t>(std::max_element(suv.voxels().begin(), suv.voxels().end()) -
                                            suv.voxels().begin());
  Outline outline;
  outline.hottest = suv.geometry().index(top);
  outline.suvmax = suv[top];
  outline.threshold = share * suv[top];
  outline.limit = 2;
  image::Mask mask(suv.geometry());
  for (std::size_t n = 0; n < suv.voxels().size(); ++n) mask[n] = suv[n] >= outline.threshold ? 1 : 0;
  outline.region = image::component_at(mask, top, image::Neighbourhood::all26);
  return outline;
}

struct Mass {
  std::vector<Ball> sstr, fdg;
  double shift_mm = 0;  ///< error of the alignment
  double error_mm = 5;  ///< what it is said to be
};

std::vector<PairedLesion> lesions_of(const Mass& mass, std::uint64_t seed) {
  const SyntheticScan sstr = synthetic_scan(kGrid, 1, mass.sstr, 6, 0.08, 6, seed);
  const SyntheticScan fdg = synthetic_scan(kGrid, 1, mass.fdg, 6, 0.08, 6, seed + 100);
  std::vector<PairedLesion> lesions(1);
  lesions[0].sstr = outline_at(sstr.suv, 0.5f);
  lesions[0].fdg = outline_at(fdg.suv, 0.41f);
  const space::Vec3 off{mass.shift_mm, 0, 0};
  const AlignedScans scans{sstr.suv, fdg.suv, [=](space::PointLps p) { return p + off; },
                           [=](space::PointLps p) { return p + off * -1.0; },
                           [&](space::PointLps) { return mass.error_mm; }};
  split_phenotypes(
      lesions, scans, [](std::size_t) { return true; },
      lesion_rules(resources(), record::Role::sstr).phenotypes);
  return lesions;
}

/// A mass that has lost its receptors in a ball off its centre, which takes up FDG.
Mass two_phenotypes(std::uint64_t seed, float fdg_of_mass) {
  const double radius = 22 + static_cast<double>(seed % 4), focus = 10 + static_cast<double>(seed % 3);
  const double off = radius - focus - 2;
  const space::PointLps at = kMiddle + space::Vec3{seed % 2 == 0 ? off : -off, 0, 0};
  Mass mass{{{kMiddle, radius, 25}, {at, focus, 2}}, {{kMiddle, radius, fdg_of_mass}, {at, focus, 12}}};
  mass.shift_mm = seed % 2 == 0 ? 3 : -3;
  return mass;
}

TEST(Phenotypes, AnFdgFocusThatLostItsReceptorsIsFoundInMostMasses) {
  for (const float fdg_of_mass : {1.0f, 6.0f}) {
    int found = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const auto lesions = lesions_of(two_phenotypes(seed, fdg_of_mass), seed);
      if (lesions.size() != 2) continue;
      const double focus_mm = 10 + static_cast<double>(seed % 3);
      const double own_ml = 4.18879 * focus_mm * focus_mm * focus_mm / 1000;
      const double ml = static_cast<double>(lesions[1].fdg->region.size()) * kGrid.voxel_volume_ml();
      found += lesions[1].parent == 0u && !lesions[1].sstr && std::abs(ml - own_ml) < 0.4 * own_ml ? 1 : 0;
    }
    EXPECT_GE(found, 9) << fdg_of_mass;
  }
}

TEST(Phenotypes, AnErrorOfTheAlignmentAloneSplitsNothing) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed)
    for (const double radius : {8.0, 14.0, 24.0}) {
      Mass mass{{{kMiddle, radius, 25}}, {{kMiddle, radius, 9}}, 6, 6};
      EXPECT_EQ(lesions_of(mass, seed).size(), 1u) << radius << " mm, seed " << seed;
    }
}

TEST(Phenotypes, WhatTheMassShowsBesideItsFocusStaysItsOwn) {
  const auto lesions = lesions_of(two_phenotypes(4, 6), 4);
  ASSERT_EQ(lesions.size(), 2u);
  EXPECT_TRUE(lesions[0].fdg_beside_focus);
  ASSERT_TRUE(lesions[0].fdg);
  image::Region shared;
  std::set_intersection(lesions[0].fdg->region.begin(), lesions[0].fdg->region.end(),
                        lesions[1].fdg->region.begin(), lesions[1].fdg->region.end(),
                        std::back_inserter(shared));
  EXPECT_TRUE(shared.empty());
  EXPECT_GE(lesions[1].fdg->suvmax, lesions[0].fdg->suvmax);
}

// A mass that takes up no FDG keeps no FDG outline: what the focus leaves of it is its own blurred edge.
TEST(Phenotypes, TheBlurredEdgeOfAFocusIsNoUptakeOfItsMass) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto lesions = lesions_of(two_phenotypes(seed, 1), seed);
    ASSERT_EQ(lesions.size(), 2u) << seed;
    EXPECT_FALSE(lesions[0].fdg) << seed;
  }
}

TEST(Phenotypes, AFocusNamesItsMiddle) {
  const auto lesions = lesions_of(two_phenotypes(4, 6), 4);
  ASSERT_EQ(lesions.size(), 2u);
  ASSERT_TRUE(lesions[1].focus_middle);
  const space::PointLps at = kMiddle + space::Vec3{26 - 11 - 2.0, 0, 0};
  EXPECT_LT(space::distance(*lesions[1].focus_middle, at), 8);
}

TEST(Phenotypes, AFocusBelowItsLeastVolumeIsNoLesion) {
  const space::PointLps at = kMiddle + space::Vec3{12, 0, 0};
  Mass mass{{{kMiddle, 24, 25}, {at, 10, 2}}, {{kMiddle, 24, 1}, {at, 5, 14}}};
  EXPECT_EQ(lesions_of(mass, 3).size(), 1u);
}

}  // namespace
}  // namespace netpet::lesions
