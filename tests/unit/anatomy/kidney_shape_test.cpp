#include "anatomy/kidney_shape.h"

#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/organ_search.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

space::Geometry grid_of(int n) {
  space::Geometry grid;
  grid.size = {n, n, n};
  grid.spacing = {4, 4, 4};
  return grid;
}

void draw(image::Mask& mask, space::PointLps centre, space::Vec3 radii) {
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
    const space::PointLps at = mask.geometry().to_lps(mask.geometry().index(v));
    if (std::hypot((at.x - centre.x) / radii.x, (at.y - centre.y) / radii.y, (at.z - centre.z) / radii.z) < 1)
      mask[v] = 1;
  }
}

constexpr space::Vec3 kKidney{26, 27, 53};

TEST(KidneyShape, AKidneyIsOneAndABallOfAMetastasisIsNot) {
  image::Mask kidney(grid_of(50)), ball(grid_of(50));
  draw(kidney, {100, 100, 100}, kKidney);
  draw(ball, {100, 100, 100}, {27, 27, 27});
  EXPECT_GT(kidney_shape_confidence(kidney), 0.95);
  EXPECT_LT(kidney_shape_confidence(ball), 0.3);
}

TEST(KidneyShape, BesideALargerBallTheKidneyIsTaken) {
  image::Mask both(grid_of(60));
  draw(both, {60, 60, 60}, {36, 36, 36});
  draw(both, {160, 160, 160}, kKidney);
  const image::Mask taken = most_like_kidney(both);
  EXPECT_TRUE(taken(taken.geometry().nearest({160, 160, 160})));
  EXPECT_FALSE(taken(taken.geometry().nearest({60, 60, 60})));
}

TEST(KidneyShape, APieceCutOffTheSpleenIsSpleenAndAKidneyThatTakesUpLessIsNot) {
  Scene scene;
  scene.grid = grid_of(40);
  scene.role = record::Role::sstr;
  image::Volume<std::uint8_t> markers(scene.grid);
  const auto judge = [&](float kidney_suv) {
    scene.suv = image::PetVolume(scene.grid, 1);
    for (std::size_t v = 0; v < markers.voxels().size(); ++v) {
      const space::IndexIjk at = scene.grid.index(v);
      const bool in = at.i >= 10 && at.i < 22 && at.j >= 10 && at.j < 22 && at.k >= 5 && at.k < 30;
      markers[v] = !in ? 0 : at.k < 14 ? 2 : 3;
      if (in) scene.suv[v] = markers[v] == 2 ? kidney_suv : 20;
    }
    return is_piece_of_spleen(scene, markers, 2, 3);
  };
  EXPECT_TRUE(judge(18));
  EXPECT_FALSE(judge(12));
}

/// A trunk with a straight spine whose iliac crests lie at z 160, and one hot body.
std::optional<FoundOrgan> graft_of(space::PointLps centre, space::Vec3 radii) {
  Scene scene;
  scene.grid = grid_of(75);
  scene.role = record::Role::sstr;
  scene.ct_hu = image::PetVolume(scene.grid, 40);
  scene.suv = image::PetVolume(scene.grid, 1);
  Landmarks marks;
  marks.body = image::Mask(scene.grid, 1);
  marks.spine.assign(75, {148, 200});
  marks.crest_z_mm = 160;
  image::Mask hot(scene.grid);
  draw(hot, centre, radii);
  for (std::size_t v = 0; v < hot.voxels().size(); ++v)
    if (hot[v]) scene.suv[v] = 12;
  return find_kidney_graft(scene, marks, 6, {}, base::Run());
}

TEST(KidneyGraft, ABodyLikeAKidneyInTheIliacFossaIsOneAndABallOrOneElsewhereIsNot) {
  const auto graft = graft_of({76, 140, 120}, kKidney);
  ASSERT_TRUE(graft);
  EXPECT_EQ(graft->organ, Organ::kidney_right);
  EXPECT_LE(graft->confidence, 0.5);
  EXPECT_FALSE(graft_of({76, 140, 120}, {33, 33, 33}));
  EXPECT_FALSE(graft_of({148, 140, 120}, kKidney)) << "in the midline";
  EXPECT_FALSE(graft_of({76, 140, 260}, kKidney)) << "far above the crest";
}

}  // namespace
}  // namespace netpet::anatomy
