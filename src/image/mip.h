#pragma once

#include <vector>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::image {

/// Which way a maximum-intensity projection looks. Coronal: from the front, the patient's right on the left
/// of the picture. Sagittal: from the patient's left, the front of the body on the left of the picture. The
/// head is up in both.
enum class MipView { coronal, sagittal };

/// A place in a picture, in pixels from its upper left corner; pixel centres lie at halves.
struct PixelPoint {
  double x = 0, y = 0;
  bool operator==(const PixelPoint&) const = default;
};

/// A maximum-intensity projection with square pixels, rows from the head down.
struct Mip {
  MipView view = MipView::coronal;
  int width = 0;
  int height = 0;
  double pixel_mm = 1;
  double left_mm = 0;      ///< LPS x (coronal) or y (sagittal) of the left edge
  double top_mm = 0;       ///< LPS z of the upper edge
  std::vector<float> suv;  ///< width · height, g/mL; 0 where the volume ends

  PixelPoint pixel_of(space::PointLps point) const {
    const double across = view == MipView::coronal ? point.x : point.y;
    return {(across - left_mm) / pixel_mm, (top_mm - point.z) / pixel_mm};
  }
  float at(int x, int y) const {
    return suv[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

/// Projects the greatest SUV along the line of sight onto square pixels of `pixel_mm`, whatever the axes of
/// the volume's grid are. Values between projected voxels are interpolated linearly. Not-a-number counts as
/// nothing.
Mip project_maximum(const PetVolume& suv, MipView view, double pixel_mm, const base::Run& run);

}  // namespace netpet::image
