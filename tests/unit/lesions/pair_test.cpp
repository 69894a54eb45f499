#include "lesions/pair.h"

#include <gmock/gmock.h>

#include "lesions/lesion_list.h"
#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using testing::ElementsAre;

const space::Geometry kGrid = cube_grid(40, 4);

ErrorAt everywhere(double error_mm) {
  return [error_mm](space::PointLps) { return error_mm; };
}

Outline ball_at(space::PointLps centre, double radius, const space::Geometry& grid = kGrid) {
  Outline outline;
  for (std::size_t at = 0; at < grid.voxels(); ++at)
    if (space::distance(grid.to_lps(grid.index(at)), centre) <= radius) outline.region.push_back(at);
  outline.hottest = grid.nearest(centre);
  return outline;
}

TEST(Pair, AFocusWithinTheRegistrationErrorIsTheSameLesion) {
  const auto within =
      pair_lesions({ball_at({60, 60, 60}, 8)}, kGrid, {ball_at({60, 60, 84}, 8)}, kGrid, {}, everywhere(10));
  ASSERT_EQ(within.size(), 1u);
  EXPECT_TRUE(within[0].sstr && within[0].fdg);
  const auto beyond =
      pair_lesions({ball_at({60, 60, 60}, 8)}, kGrid, {ball_at({60, 60, 100}, 8)}, kGrid, {}, everywhere(10));
  ASSERT_EQ(beyond.size(), 2u);
  EXPECT_FALSE(beyond[0].fdg);
  EXPECT_FALSE(beyond[1].sstr);
}

TEST(Pair, TheErrorAtEachPlaceDecidesThere) {
  const auto worse_at_the_head = [](space::PointLps place) { return place.z > 80 ? 10.0 : 2.0; };
  for (const bool at_the_head : {false, true}) {
    const double z = at_the_head ? 108 : 20;
    const auto lesions = pair_lesions({ball_at({40, 60, z}, 8)}, kGrid, {ball_at({64, 60, z}, 8)}, kGrid, {},
                                      worse_at_the_head);
    EXPECT_EQ(lesions.size(), at_the_head ? 1u : 2u);  // 8 mm lie between the outlines
  }
}

TEST(Pair, LesionsMeetThroughTheTransformAndOnGridsOfTheirOwn) {
  const space::Affine sstr_to_fdg = space::rigid({0, 0, 0}, {0, 0, 30}, {40, -10, 25});
  space::Geometry fdg_grid = cube_grid(60, 3);
  fdg_grid.origin = sstr_to_fdg({60, 60, 60}) + space::Vec3{-90, -90, -90};
  const auto lesions =
      pair_lesions({ball_at({60, 60, 60}, 10)}, kGrid, {ball_at(sstr_to_fdg({60, 60, 60}), 10, fdg_grid)},
                   fdg_grid, sstr_to_fdg, everywhere(2));
  ASSERT_EQ(lesions.size(), 1u);
  EXPECT_EQ(lesions[0].distance_mm, 0);
}

TEST(Pair, TheNearestGoTogetherAndEachOutlineOnce) {
  const auto lesions =
      pair_lesions({ball_at({40, 60, 60}, 8), ball_at({64, 60, 60}, 8)}, kGrid,
                   {ball_at({62, 60, 60}, 8), ball_at({40, 64, 60}, 8)}, kGrid, {}, everywhere(20));
  ASSERT_EQ(lesions.size(), 2u);
  EXPECT_EQ(lesions[0].fdg->hottest.j, 16);
  EXPECT_EQ(lesions[1].fdg->hottest.j, 15);
}

TEST(Pair, TwoFociInOneMassArePairedOnceAndNamedBesideEachOther) {
  const auto lesions =
      pair_lesions({ball_at({70, 70, 70}, 30)}, kGrid, {ball_at({60, 70, 70}, 6), ball_at({88, 70, 70}, 6)},
                   kGrid, {}, everywhere(5));
  ASSERT_EQ(lesions.size(), 2u);
  EXPECT_EQ(lesions[0].fdg->hottest.i, 15);
  EXPECT_THAT(lesions[0].touches, ElementsAre(1));
  EXPECT_THAT(lesions[1].touches, ElementsAre(0));
}

TEST(Pair, WithoutFdgEveryLesionStandsAlone) {
  EXPECT_EQ(pair_lesions({ball_at({60, 60, 60}, 8)}, kGrid, {}, {}, {}, everywhere(10)).size(), 1u);
  EXPECT_TRUE(pair_lesions({}, {}, {}, {}, {}, everywhere(10)).empty());
}

TEST(TransferRegion, KeepsPlaceAndVolumeOnAFinerGridAndBack) {
  const Outline ball = ball_at({60, 60, 60}, 20);
  space::Geometry fine = cube_grid(100, 2);
  fine.origin = {0.5, 0.5, 0.5};  // no voxel centre lies on the border of a coarse voxel
  const space::Affine shift{{}, {10, 0, -6}};
  const image::Region there = transfer_region(ball.region, kGrid, fine, shift);
  EXPECT_NEAR(static_cast<double>(there.size()) * fine.voxel_volume_ml(),
              static_cast<double>(ball.region.size()) * kGrid.voxel_volume_ml(), 0.5);
  EXPECT_LT(space::distance(centroid_of(there, fine), {70, 60, 54}), 1);
}

TEST(TransferRegion, AVoxelThinnerThanTheTargetStaysAVoxelAndOneOutsideIsNone) {
  const space::Geometry fine = cube_grid(40, 1);
  const image::Region one{fine.offset({21, 21, 21})};
  EXPECT_EQ(transfer_region(one, fine, kGrid, {}).size(), 1u);
  EXPECT_TRUE(transfer_region(one, fine, kGrid, space::Affine{{}, {0, 0, 1000}}).empty());
}

TEST(LesionList, IsNumberedFromHeadToFeetThenFromRightToLeft) {
  std::vector<record::Lesion> lesions(4);
  lesions[0].centroid_lps_mm = space::PointLps{10, 0, -300};
  lesions[1].centroid_lps_mm = space::PointLps{30, 0, 50};
  lesions[2].centroid_lps_mm = space::PointLps{-30, 0, 50};
  lesions[3].centroid_fdg_lps_mm = space::PointLps{0, 0, 0};
  EXPECT_THAT(number_lesions(lesions), ElementsAre(2, 1, 3, 0));
  EXPECT_EQ(lesions[0].id, "L1");
  EXPECT_EQ(lesions[0].centroid_lps_mm->x, -30);
  EXPECT_EQ(lesions[3].id, "L4");
}

TEST(LesionList, AParentKeepsItsChildUnderItsNewName) {
  std::vector<record::Lesion> lesions(2);
  lesions[0].id = "child", lesions[0].parent = "mass", lesions[0].centroid_lps_mm = space::PointLps{0, 0, 10};
  lesions[1].id = "mass", lesions[1].centroid_lps_mm = space::PointLps{0, 0, 0};
  number_lesions(lesions);
  EXPECT_EQ(lesions[0].parent, "L2");
}

}  // namespace
}  // namespace netpet::lesions
