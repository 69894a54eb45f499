#include "image/mip.h"

#include <gtest/gtest.h>

#include <cmath>

namespace netpet::image {
namespace {

space::Geometry grid(space::Mat3 direction, std::array<int, 3> size = {20, 24, 30}) {
  space::Geometry g;
  g.origin = {-31, 17, 205};
  g.spacing = {4, 3, 5};
  g.direction = direction;
  g.size = size;
  return g;
}

/// Every signed permutation of the axes: the 48 ways in which a scanner may store an upright patient.
std::vector<space::Mat3> all_axis_orders() {
  std::vector<space::Mat3> result;
  const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  for (const auto& order : orders)
    for (int signs = 0; signs < 8; ++signs) {
      space::Mat3 m{{0, 0, 0, 0, 0, 0, 0, 0, 0}};
      for (int axis = 0; axis < 3; ++axis) m(order[axis], axis) = signs >> axis & 1 ? -1 : 1;
      result.push_back(m);
    }
  return result;
}

/// The pixel of the greatest value.
std::array<int, 2> hottest(const Mip& mip) {
  const auto best = std::max_element(mip.suv.begin(), mip.suv.end()) - mip.suv.begin();
  return {static_cast<int>(best % mip.width), static_cast<int>(best / mip.width)};
}

TEST(Mip, OneHotVoxelLandsOnItsPredictedPixelForEveryOrderAndDirectionOfAxes) {
  for (const space::Mat3& direction : all_axis_orders())
    for (const MipView view : {MipView::coronal, MipView::sagittal}) {
      PetVolume volume(grid(direction));
      const space::IndexIjk hot{4, 15, 22};
      volume(hot) = 10;
      const Mip mip = project_maximum(volume, view, 1.0, base::Run());
      const PixelPoint predicted = mip.pixel_of(volume.geometry().to_lps(hot));
      const auto [x, y] = hottest(mip);
      EXPECT_NEAR(x + 0.5, predicted.x, 0.51);
      EXPECT_NEAR(y + 0.5, predicted.y, 0.51);
      EXPECT_NEAR(mip.at(x, y), 10, 2.0);  // linear interpolation between 3 … 5 mm voxels at 1 mm pixels
    }
}

TEST(Mip, TheHeadIsUpAndThePatientsRightIsOnTheLeft) {
  PetVolume volume(grid(space::Mat3()));
  const Mip mip = project_maximum(volume, MipView::coronal, 2.0, base::Run());
  const space::PointLps middle = volume.geometry().to_lps(space::IndexIjk{10, 12, 15});
  const PixelPoint centre = mip.pixel_of(middle);
  EXPECT_LT(mip.pixel_of({middle.x, middle.y, middle.z + 20}).y, centre.y);
  EXPECT_LT(mip.pixel_of({middle.x - 20, middle.y, middle.z}).x, centre.x);  // LPS x grows to the left
  const Mip side = project_maximum(volume, MipView::sagittal, 2.0, base::Run());
  EXPECT_LT(side.pixel_of({middle.x, middle.y - 20, middle.z}).x,
            side.pixel_of(middle).x);  // front on the left
}

TEST(Mip, PixelsAreSquareInMillimetres) {
  const PetVolume volume(grid(space::Mat3()));
  const Mip mip = project_maximum(volume, MipView::coronal, 2.0, base::Run());
  EXPECT_EQ(mip.width, 20 * 4 / 2);
  EXPECT_EQ(mip.height, 30 * 5 / 2);
}

TEST(Mip, TheGreatestValueOnTheLineOfSightIsShownNotTheSum) {
  PetVolume volume(grid(space::Mat3()), 2.0F);
  for (int di = 0; di < 2; ++di)
    for (int dk = 0; dk < 2; ++dk) {
      volume({10 + di, 3, 15 + dk}) = 7;
      volume({10 + di, 20, 15 + dk}) = 5;
    }
  const Mip mip = project_maximum(volume, MipView::coronal, 1.0, base::Run());
  EXPECT_FLOAT_EQ(*std::max_element(mip.suv.begin(), mip.suv.end()), 7);
  EXPECT_FLOAT_EQ(*std::min_element(mip.suv.begin(), mip.suv.end()), 2);
}

TEST(Mip, AnObliqueGridShowsItsHotVoxelAtThePlaceInThePatient) {
  const double angle = 0.3;
  const space::Mat3 turned{
      {std::cos(angle), -std::sin(angle), 0, std::sin(angle), std::cos(angle), 0, 0, 0, 1}};
  PetVolume volume(grid(turned));
  for (int dk = 0; dk < 2; ++dk)
    for (int dj = 0; dj < 2; ++dj)
      for (int di = 0; di < 2; ++di) volume({8 + di, 11 + dj, 14 + dk}) = 10;
  const Mip mip = project_maximum(volume, MipView::coronal, 1.0, base::Run());
  const PixelPoint predicted = mip.pixel_of(volume.geometry().to_lps(space::ContinuousIjk{8.5, 11.5, 14.5}));
  EXPECT_NEAR(mip.at(static_cast<int>(predicted.x), static_cast<int>(predicted.y)), 10, 0.5);
}

TEST(Mip, ThreadsDoNotChangeAProjection) {
  PetVolume volume(grid(space::Mat3(), {20, 24, 130}));
  for (std::size_t i = 0; i < volume.voxels().size(); ++i) volume[i] = static_cast<float>((i * 7919) % 1013);
  const Mip one = project_maximum(volume, MipView::coronal, 1.5, base::Run(nullptr, {}, 1));
  const Mip four = project_maximum(volume, MipView::coronal, 1.5, base::Run(nullptr, {}, 4));
  EXPECT_EQ(one.suv, four.suv);
}

TEST(Mip, NotANumberIsNotShown) {
  PetVolume volume(grid(space::Mat3()), 1.0F);
  volume({10, 3, 15}) = std::nanf("");
  const Mip mip = project_maximum(volume, MipView::coronal, 2.0, base::Run());
  for (const float value : mip.suv) EXPECT_FLOAT_EQ(value, 1);
}

}  // namespace
}  // namespace netpet::image
