#include "report/references_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "around_origin.h"

namespace netpet::report {
namespace {

constexpr int kTile = 300, kTitle = 40, kGap = 16;
constexpr double kPixelMm = 200.0 / kTile;

template <class Volume, class Value>
void fill_cube(Volume& volume, space::PointLps at, Value value) {
  const space::IndexIjk middle = volume.geometry().nearest(at);
  for (int j = -2; j <= 2; ++j)
    for (int i = -2; i <= 2; ++i) volume({middle.i + i, middle.j + j, middle.k}) = value;
}

/// A cube of 20 mm at a place of the patient.
image::Region cube(const space::Geometry& grid, space::PointLps at) {
  const space::IndexIjk middle = grid.nearest(at);
  image::Region region;
  for (int j = -2; j <= 2; ++j)
    for (int i = -2; i <= 2; ++i) region.push_back(grid.offset({middle.i + i, middle.j + j, middle.k}));
  std::sort(region.begin(), region.end());
  return region;
}

const std::uint8_t* pixel(const image::Picture& picture, int tile, double right_mm, double down_mm) {
  return picture.at(tile * (kTile + kGap) + kTile / 2 + static_cast<int>(std::floor(right_mm / kPixelMm)),
                    kTitle + kTile / 2 + static_cast<int>(std::floor(down_mm / kPixelMm)));
}

TEST(ReferencesPicture, PetAndCtShowTheRegionInTheMiddleAndThePatientsLeftOnTheRight) {
  space::Mat3 flipped;
  flipped(0, 0) = flipped(1, 1) = -1;
  for (const space::Mat3& direction : {space::Mat3{}, flipped}) {
    auto suv = around_origin<image::PetVolume>(direction);
    auto ct = around_origin<image::CtVolume>(direction);
    const space::PointLps middle{-2, 2, 0};
    fill_cube(suv, middle + space::Vec3{40, 0, 0}, 20.0F);             // left
    fill_cube(ct, middle + space::Vec3{0, 40, 0}, std::int16_t{500});  // back
    const image::Region region = cube(suv.geometry(), middle);
    const image::Picture picture = draw_regions({{{.suv = &suv,
                                                   .ct = &ct,
                                                   .region = &region,
                                                   .window = kFdgWindow,
                                                   .title = "Liver",
                                                   .ct_title = "CT"}}},
                                                "g/mL", base::Run());
    EXPECT_EQ(picture.width, 2 * kTile + kGap);
    EXPECT_EQ(*pixel(picture, 0, 40, 0), 0);
    EXPECT_EQ(*pixel(picture, 0, -40, 0), 255);
    EXPECT_EQ(*pixel(picture, 1, 0, 40), 255);
    EXPECT_EQ(*pixel(picture, 1, 0, -40), 102);  // 0 HU in −160 to 240
    for (const double side : {-9.7, 9.7}) {
      const std::uint8_t* border = pixel(picture, 0, side, 0);
      EXPECT_GT(border[0], border[1] + 100) << "no line at " << side << " mm";
    }
    EXPECT_EQ(*pixel(picture, 0, 0, 0), 255) << "the region is outlined, not filled";
  }
}

TEST(ReferencesPicture, WithoutCtATileOfPetAloneAndOfNothingNothing) {
  const auto suv = around_origin<image::PetVolume>({});
  const image::Region region = cube(suv.geometry(), {0, 0, 0});
  const RegionView view{
      .suv = &suv, .ct = nullptr, .region = &region, .window = kSstrWindow, .title = "Liver", .ct_title = ""};
  EXPECT_EQ(draw_regions({{view}, {}}, "g/mL", base::Run()).width, kTile);
  EXPECT_TRUE(draw_regions({{}, {}}, "g/mL", base::Run()).samples.empty());
}

}  // namespace
}  // namespace netpet::report
