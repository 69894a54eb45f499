#include "report/lesion_picture.h"

#include <gtest/gtest.h>

#include "around_origin.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

// A tile is 400 pixels of 0.375 mm, below a title of 40 pixels.
constexpr int kTile = kLargeTile, kTitle = 40;
constexpr double kPixelMm = 150.0 / kTile;

/// Whether a point of the patient, seen from the middle of the first tile, is darker than mid-grey.
bool dark(const image::Picture& picture, double right_mm, double down_mm) {
  return *picture.at(kTile / 2 + static_cast<int>(right_mm / kPixelMm),
                     kTitle + kTile / 2 + static_cast<int>(down_mm / kPixelMm)) < 128;
}

LesionView view_of(const image::PetVolume& suv) {
  LesionView view;
  view.suv = &suv;
  view.window = kFdgWindow;
  view.title = "L1";
  view.fused_title = "on CT";
  return view;
}

void heat(image::PetVolume& suv, space::PointLps at) {
  const space::IndexIjk middle = suv.geometry().nearest(at);
  for (int j = -1; j <= 1; ++j)
    for (int i = -1; i <= 1; ++i) suv({middle.i + i, middle.j + j, middle.k}) = 20;
}

TEST(LesionPicture, ThePatientsLeftIsOnTheRightAndTheBackBelow) {
  space::Mat3 flipped;
  flipped(0, 0) = flipped(1, 1) = -1;
  for (const space::Mat3& direction : {space::Mat3{}, flipped}) {
    auto suv = around_origin<image::PetVolume>(direction);
    heat(suv, {40, 0, 0});  // left
    heat(suv, {0, 60, 0});  // back
    const image::Picture picture = draw_lesion({view_of(suv)}, kLargeTile, "g/mL", base::Run());
    EXPECT_EQ(picture.width, kTile);
    EXPECT_TRUE(dark(picture, 40, 0));
    EXPECT_FALSE(dark(picture, -40, 0));
    EXPECT_TRUE(dark(picture, 0, 60));
    EXPECT_FALSE(dark(picture, 0, -40));
  }
}

TEST(LesionPicture, TheOutlineIsThatOfTheLesionAlone) {
  const auto suv = around_origin<image::PetVolume>();
  auto labels = around_origin<image::LabelMap>();
  const auto mark = [&](space::PointLps at, std::uint16_t label) {
    labels(labels.geometry().nearest(at)) = label;
  };
  mark({2, 2, 0}, 3);
  mark({42, 2, 0}, 4);
  LesionView view = view_of(suv);
  view.lesions = &labels;
  view.label = 3;
  view.colour = colour_of(LesionClass::fdg_only);
  const image::Picture picture = draw_lesion({view}, kLargeTile, "g/mL", base::Run());
  EXPECT_EQ(*(picture.at(kTile / 2 + 1, kTitle + kTile / 2 + 5)), view.colour.red);
  EXPECT_FALSE(dark(picture, 42, 2));
  EXPECT_EQ(picture.at(kTile / 2 + 112, kTitle + kTile / 2 + 5)[1], 255);
}

TEST(LesionPicture, WithoutUptakeTheFusedTileIsTheCt) {
  const auto suv = around_origin<image::PetVolume>();
  image::CtVolume ct = around_origin<image::CtVolume>();
  std::fill(ct.voxels().begin(), ct.voxels().end(), std::int16_t{40});
  LesionView view = view_of(suv);
  view.ct = &ct;
  const image::Picture picture = draw_lesion({view}, kLargeTile, "g/mL", base::Run());
  const std::uint8_t* middle = picture.at(kTile + 16 + kTile / 2, kTitle + kTile / 4);
  EXPECT_EQ(middle[0], 128);  // 40 HU is the middle of −160 to 240
  EXPECT_EQ(middle[1], 128);
  EXPECT_EQ(middle[2], 128);
}

TEST(LesionPicture, OfNothingIsNothing) {
  EXPECT_TRUE(draw_lesion({}, kLargeTile, "g/mL", base::Run()).samples.empty());
}

}  // namespace
}  // namespace netpet::report
