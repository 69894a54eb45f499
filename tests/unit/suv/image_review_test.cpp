#include "suv/image_review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace netpet::suv {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A body of SUV 1 throughout: its activity is that of its own mass.
image::PetVolume body_of(double litres, double length_mm) {
  space::Geometry grid;
  const int slices = 250;
  grid.spacing = {10, 10, length_mm / slices};
  const double area_mm2 = litres * 1e6 / length_mm;
  grid.size = {10, static_cast<int>(area_mm2 / 1000), slices};
  return image::PetVolume(grid, 1.F);
}

record::SuvProvenance of_fdg(double weight_kg) {
  record::SuvProvenance provenance;
  provenance.weight_kg = weight_kg;
  provenance.half_life_s = 6586.2;
  return provenance;
}

std::vector<std::string> codes(const image::PetVolume& suv, const record::SuvProvenance& provenance) {
  std::vector<std::string> result;
  for (const record::Warning& warning : review_image(suv, provenance, base::Resources()))
    result.push_back(warning.code);
  return result;
}

void multiply(image::PetVolume& suv, double factor) {
  for (float& voxel : suv.voxels()) voxel = static_cast<float>(voxel * factor);
}

TEST(ImageReview, ABodyThatHoldsMostOfTheDoseIsSound) {
  EXPECT_THAT(codes(body_of(50, 1000), of_fdg(70)), IsEmpty());
}

TEST(ImageReview, NoImageHoldsMoreThanWasInjected) {
  image::PetVolume suv = body_of(50, 1000);
  multiply(suv, 2);  // a dose of half what it was
  EXPECT_THAT(codes(suv, of_fdg(70)), ElementsAre("activity_exceeds_dose"));
}

TEST(ImageReview, AWholeBodyHoldsMoreThanATraceOfTheDose) {
  image::PetVolume suv = body_of(50, 1000);
  multiply(suv, 0.1);  // a dose of ten times what it was
  suv[5000] = 1;
  EXPECT_THAT(codes(suv, of_fdg(70)), ElementsAre("activity_far_below_dose"));
  record::SuvProvenance therapy = of_fdg(70);
  therapy.half_life_s = 574300;  // days after injection most has left the body
  EXPECT_THAT(codes(suv, therapy), IsEmpty());
  image::PetVolume head = body_of(4, 200);
  multiply(head, 0.1);
  head[50] = 1;
  EXPECT_THAT(codes(head, of_fdg(70)), IsEmpty());
}

TEST(ImageReview, ASliceWithAnotherSlopeStandsOut) {
  for (const float factor : {10.F, 0.1F, 0.F}) {
    image::PetVolume suv = body_of(50, 1000);
    const std::size_t in_slice = suv.voxels().size() / 250;
    for (std::size_t n = 100 * in_slice; n < 101 * in_slice; ++n) suv[n] *= factor;
    EXPECT_THAT(codes(suv, of_fdg(70)), ElementsAre("slice_out_of_line")) << factor;
  }
}

TEST(ImageReview, EmptySlicesAtTheEndsAreAir) {
  image::PetVolume suv = body_of(50, 1000);
  const std::size_t in_slice = suv.voxels().size() / 250;
  for (std::size_t n = 0; n < 30 * in_slice; ++n) suv[n] = 0;
  EXPECT_THAT(codes(suv, of_fdg(70)), IsEmpty());
}

TEST(ImageReview, SuvLabelledAsActivityIsFarTooLow) {
  image::PetVolume suv = body_of(4, 200);
  multiply(suv, 3e-4);
  EXPECT_THAT(codes(suv, of_fdg(70)), ElementsAre("suv_implausibly_low"));
}

TEST(ImageReview, UnsignedPixelsReadAsSignedReachFarBelowZero) {
  image::PetVolume suv = body_of(50, 1000);
  suv[5000] = -2;
  EXPECT_THAT(codes(suv, of_fdg(70)), ElementsAre("negative_activity"));
}

TEST(ImageReview, WithoutTheMassNothingIsSaidOfTheDose) {
  image::PetVolume suv = body_of(50, 1000);
  multiply(suv, 5);
  record::SuvProvenance unknown;
  EXPECT_THAT(codes(suv, unknown), IsEmpty());
}

}  // namespace
}  // namespace netpet::suv
