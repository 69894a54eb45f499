#include "lesions/normal_spots.h"

#include <gtest/gtest.h>

#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using record::LesionStatus;
using record::Organ;
using record::Role;

constexpr space::PointLps kMiddle{92, 92, 92};
const Ball kBowel{kMiddle, 60, 1.5, Organ::small_bowel};

SyntheticScan bowel_with(const std::vector<Ball>& spots) {
  std::vector<Ball> balls{kBowel};
  balls.insert(balls.end(), spots.begin(), spots.end());
  return synthetic_scan(cube_grid(47, 4), 0.6f, balls, 6, 0.03, 6, 1);
}

/// What is found on an SSTR scan, outlined.
struct Found {
  FoundUptake uptake;
  std::vector<Outline> lesions;
  SpotsOnGrid spots;
};

Found found_on(const SyntheticScan& scan) {
  const base::Run run;
  Found found;
  found.uptake = find_uptake(scan.suv, scan.organs, Role::sstr, resources(), run);
  found.lesions =
      outline_lesions(scan.suv, scan.organs, found.uptake.candidates, {}, Role::sstr, resources(), run);
  found.spots.scan.suv = &scan.suv;
  found.spots.scan.organs = &scan.organs;
  found.spots.spots = outline_normal_spots(scan.suv, scan.organs, found.uptake.normal, found.lesions, {},
                                           Role::sstr, resources(), run);
  return found;
}

std::vector<ListedSpot> listed(const Found& found, const std::vector<PairedLesion>& lesions = {}) {
  return list_normal_spots(
      found.spots, {}, lesions, {}, [](space::PointLps) { return 5.0; }, resources());
}

TEST(NormalSpots, UptakeOfTheBowelBelowItsLimitIsListedAsPhysiologicWithLowConfidence) {
  const SyntheticScan scan = bowel_with({{{80, 92, 92}, 9, 4}});
  const Found found = found_on(scan);
  EXPECT_TRUE(found.uptake.candidates.empty());
  const auto spots = listed(found);
  ASSERT_EQ(spots.size(), 1u);
  EXPECT_EQ(spots[0].verdict.status, LesionStatus::physiologic);
  EXPECT_LE(spots[0].verdict.confidence, 0.5);
  EXPECT_EQ(spots[0].verdict.site, "bowel");
  EXPECT_NE(spots[0].verdict.reason.find("4.3"), std::string::npos) << spots[0].verdict.reason;
  EXPECT_LT(space::distance(scan.suv.geometry().to_lps(spots[0].outlines.sstr->hottest), {80, 92, 92}), 8);
}

TEST(NormalSpots, UptakeAboveTheLimitIsNoNormalSpot) {
  const SyntheticScan scan = bowel_with({{{80, 92, 92}, 9, 12}});
  const Found found = found_on(scan);
  EXPECT_EQ(found.uptake.candidates.size(), 1u);
  EXPECT_TRUE(listed(found).empty());
}

TEST(NormalSpots, BowelWithoutASpotListsNothing) {
  const SyntheticScan scan = bowel_with({});
  EXPECT_TRUE(listed(found_on(scan)).empty());
}

TEST(NormalSpots, ManySpotsOfOneTissueBecomeSixEntriesWithoutLosingOne) {
  std::vector<Ball> balls;
  for (int n = 0; n < 9; ++n)
    balls.push_back({{92 + 36.0 * (n % 3 - 1), 92 + 36.0 * (n / 3 - 1), 92}, 8, 3.4f + 0.05f * float(n)});
  const SyntheticScan scan = synthetic_scan(
      cube_grid(47, 4), 0.6f,
      [&] {
        std::vector<Ball> all{{kMiddle, 80, 1.5, Organ::small_bowel}};
        all.insert(all.end(), balls.begin(), balls.end());
        return all;
      }(),
      6, 0.02, 6, 1);
  const auto spots = listed(found_on(scan));
  ASSERT_EQ(spots.size(), 6u);
  for (const Ball& ball : balls) {
    const std::size_t voxel = scan.suv.geometry().offset(scan.suv.geometry().nearest(ball.centre));
    EXPECT_TRUE(std::any_of(spots.begin(), spots.end(), [&](const ListedSpot& spot) {
      const image::Region& region = spot.outlines.sstr->region;
      return std::binary_search(region.begin(), region.end(), voxel);
    }));
  }
}

TEST(NormalSpots, ASpotUnderALesionOfTheOtherTracerIsShownWithThatLesionAlone) {
  const SyntheticScan scan = bowel_with({{{80, 92, 92}, 9, 4}});
  const Found found = found_on(scan);
  PairedLesion on_fdg;
  on_fdg.fdg = found.spots.spots[0].outline;
  SpotsOnGrid fdg;
  fdg.scan = found.spots.scan;
  EXPECT_TRUE(list_normal_spots(
                  found.spots, fdg, {on_fdg}, {}, [](space::PointLps) { return 5.0; }, resources())
                  .empty());
  EXPECT_EQ(list_normal_spots(
                found.spots, fdg, {}, {}, [](space::PointLps) { return 5.0; }, resources())
                .size(),
            1u);
}

}  // namespace
}  // namespace netpet::lesions
