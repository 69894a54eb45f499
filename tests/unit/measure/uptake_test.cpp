#include "measure/uptake.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace netpet::measure {
namespace {

space::Geometry cube(int n, double spacing) {
  space::Geometry grid;
  grid.size = {n, n, n};
  grid.spacing = {spacing, spacing, spacing};
  return grid;
}

/// A ball of `inside` in `outside`, radius in mm, at the centre of voxel `centre`.
image::PetVolume ball(const space::Geometry& grid, space::IndexIjk centre, double radius, float inside,
                      float outside) {
  image::PetVolume image(grid, outside);
  for (std::size_t at = 0; at < image.voxels().size(); ++at)
    if (space::distance(grid.to_lps(grid.index(at)), grid.to_lps(centre)) <= radius) image[at] = inside;
  return image;
}

image::Region above(const image::PetVolume& image, float limit) {
  image::Region region;
  for (std::size_t at = 0; at < image.voxels().size(); ++at)
    if (image[at] > limit) region.push_back(at);
  return region;
}

record::Reference reference(double mean) {
  record::Reference one;
  one.mean = mean;
  return one;
}

const record::References kReferences{{"liver", reference(4)}, {"blood_pool", reference(2)}};

TEST(Uptake, OfAUniformLargeBallIsItsUptakeByEveryMeasure) {
  const image::PetVolume image = ball(cube(30, 2), {15, 15, 15}, 20, 8, 1);
  const record::Uptake uptake = measure_uptake(image, above(image, 2), kReferences);
  EXPECT_FLOAT_EQ(uptake.suvmax.value(), 8);
  EXPECT_FLOAT_EQ(uptake.suvpeak.value(), 8);
  EXPECT_FLOAT_EQ(uptake.suvmean.value(), 8);
  EXPECT_DOUBLE_EQ(uptake.to_liver.value(), 2);
  EXPECT_DOUBLE_EQ(uptake.to_blood_pool.value(), 4);
  EXPECT_EQ(uptake.to_spleen.reason(), "no spleen reference");
  EXPECT_TRUE(uptake.outlined);
}

// A ball of radius a inside the 1 cm³ sphere: the mean is background plus contrast times the share of volume.
TEST(Uptake, SuvpeakOfASmallBallIsTheClosedFormOfItsShareOfTheSphere) {
  const image::PetVolume image = ball(cube(61, 0.5), {30, 30, 30}, 4, 10, 2);
  const double share = std::pow(4 / 6.2035, 3);
  const record::Uptake uptake = measure_uptake(image, {image.geometry().offset({30, 30, 30})}, {});
  EXPECT_NEAR(uptake.suvpeak.value(), 2 + 8 * share, 0.05);
}

TEST(Uptake, TheSphereOfSuvpeakUsesTheVoxelsThatExistAtTheImageBorder) {
  const image::PetVolume image(cube(10, 2), 3);
  EXPECT_FLOAT_EQ(measure_uptake(image, {0}, {}).suvpeak.value(), 3);
}

TEST(Uptake, OfAnEmptyRegionCannotBeHad) {
  const record::Uptake uptake = measure_uptake(image::PetVolume(cube(4, 2), 3), {}, kReferences);
  EXPECT_EQ(uptake.suvmax.reason(), "empty region");
  EXPECT_EQ(uptake.to_liver.reason(), "empty region");
  EXPECT_FALSE(uptake.outlined);
}

TEST(Uptake, AVoxelOutsideTheImageIsOurBug) {
  EXPECT_THROW(measure_uptake(image::PetVolume(cube(4, 2), 3), {64}, {}), base::Error);
}

// A cold focus in a hot mass: its edge shows the mass, its middle does not.
TEST(UptakeAtPoint, ReadsTheMiddleOfAFocusNotItsEdge) {
  const space::Geometry grid = cube(40, 2);
  image::PetVolume image(grid, 20);
  const image::PetVolume focus = ball(grid, {20, 20, 20}, 11, 1, 20);
  image::Region place;
  for (std::size_t at = 0; at < grid.voxels(); ++at)
    if (focus[at] == 1) image[at] = 1, place.push_back(at);
  const space::PointLps middle = grid.to_lps(space::IndexIjk{20, 20, 20});
  const record::Uptake uptake = measure_at_point(image, place, middle, kReferences);
  EXPECT_FLOAT_EQ(uptake.suvpeak.value(), 1);
  EXPECT_FLOAT_EQ(uptake.suvmax.value(), 1);
  EXPECT_FLOAT_EQ(uptake.suvmean.value(), 1);
  EXPECT_GT(measure_in_place(image, {place, middle, 8}, kReferences).suvpeak.value(), 2);
  EXPECT_EQ(measure_at_point(image, place, {1000, 0, 0}, kReferences).suvpeak.reason(),
            "the lesion lies outside this scan");
}

TEST(UptakeInPlace, FindsALesionThatTheRegistrationMissedByItsError) {
  const space::Geometry grid = cube(40, 2);
  const image::PetVolume image = ball(grid, {20, 20, 20}, 8, 9, 1);
  const image::Region place = above(ball(grid, {20, 20, 24}, 8, 1, 0), 0.5f);
  const record::Uptake uptake =
      measure_in_place(image, {place, grid.to_lps(space::IndexIjk{20, 20, 24}), 8}, kReferences);
  EXPECT_FLOAT_EQ(uptake.suvpeak.value(), 9);
  EXPECT_TRUE(uptake.volume_ml.does_not_apply());
  EXPECT_FALSE(uptake.outlined);
}

TEST(UptakeInPlace, ALargeColdLesionIsNotMeasuredAtItsRim) {
  const space::Geometry grid = cube(40, 2);
  const image::PetVolume image = ball(grid, {20, 20, 20}, 20, 2, 6);  // 2 inside, liver of 6 around
  const image::Region place = above(ball(grid, {20, 20, 20}, 20, 1, 0), 0.5f);
  const record::Uptake uptake =
      measure_in_place(image, {place, grid.to_lps(space::IndexIjk{20, 20, 20}), 10}, kReferences);
  EXPECT_FLOAT_EQ(uptake.suvpeak.value(), 2);
  EXPECT_FLOAT_EQ(uptake.suvmax.value(), 2);
}

TEST(UptakeInPlace, TakesNoUptakeFromANeighbour) {
  const space::Geometry grid = cube(40, 2);
  const image::PetVolume image = ball(grid, {20, 20, 20}, 8, 9, 1);
  const image::Region place{grid.offset({20, 20, 28})};
  const record::Uptake uptake =
      measure_in_place(image, {place, grid.to_lps(space::IndexIjk{20, 20, 28}), 12}, {});
  EXPECT_FLOAT_EQ(uptake.suvmax.value(), 1);
}

TEST(UptakeInPlace, OutsideTheScanCannotBeHad) {
  const record::Uptake uptake =
      measure_in_place(image::PetVolume(cube(4, 2), 3), {{}, {0, 0, 0}, 10}, kReferences);
  EXPECT_EQ(uptake.suvpeak.reason(), "the lesion lies outside this scan");
  EXPECT_EQ(uptake.to_liver.reason(), "the lesion lies outside this scan");
}

}  // namespace
}  // namespace netpet::measure
