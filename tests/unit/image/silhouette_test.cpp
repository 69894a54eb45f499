#include "image/silhouette.h"

#include <gtest/gtest.h>

#include <numeric>

namespace netpet::image {
namespace {

space::Geometry grid() {
  space::Geometry g;
  g.origin = {-31, 17, 205};
  g.spacing = {4, 3, 5};
  g.size = {20, 24, 30};
  return g;
}

Mip projection(MipView view, double pixel_mm) {
  return project_maximum(PetVolume(grid(), 1.0F), view, pixel_mm, base::Run());
}

int covered_pixels(const Silhouette& silhouette) {
  return std::accumulate(silhouette.covered.begin(), silhouette.covered.end(), 0);
}

TEST(Silhouette, AVoxelCoversItsOwnSizeInMillimetres) {
  LabelMap labels(grid());
  labels({4, 15, 22}) = 3;
  const Mip coronal = projection(MipView::coronal, 0.5);
  const auto front = project_labels(labels, coronal);
  ASSERT_EQ(front.size(), 1U);
  EXPECT_EQ(covered_pixels(front.at(3)), 8 * 10);  // 4 mm × 5 mm at 0.5 mm
  const auto side = project_labels(labels, projection(MipView::sagittal, 0.5));
  EXPECT_EQ(covered_pixels(side.at(3)), 6 * 10);  // 3 mm × 5 mm
  const PixelPoint at = coronal.pixel_of(labels.geometry().to_lps(space::IndexIjk{4, 15, 22}));
  EXPECT_TRUE(front.at(3).covers(static_cast<int>(at.x), static_cast<int>(at.y)));
  EXPECT_FALSE(front.at(3).covers(static_cast<int>(at.x) + 9, static_cast<int>(at.y)));
}

TEST(Silhouette, VoxelsBehindEachOtherThrowOneShadow) {
  LabelMap labels(grid());
  for (int j = 2; j < 20; ++j) labels({4, j, 22}) = 1;
  EXPECT_EQ(covered_pixels(project_labels(labels, projection(MipView::coronal, 0.5)).at(1)), 8 * 10);
}

TEST(Silhouette, APixelLargerThanTheVoxelIsStillCovered) {
  LabelMap labels(grid());
  labels({4, 15, 22}) = 1;
  EXPECT_EQ(covered_pixels(project_labels(labels, projection(MipView::coronal, 8)).at(1)), 1);
}

TEST(Silhouette, ALabelOutsideTheProjectionHasNone) {
  LabelMap labels(grid());
  labels({4, 15, 22}) = 1;
  Mip elsewhere = projection(MipView::coronal, 1);
  elsewhere.left_mm += 5000;
  EXPECT_TRUE(project_labels(labels, elsewhere).empty());
}

}  // namespace
}  // namespace netpet::image
