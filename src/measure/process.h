#pragma once

#include <optional>

#include "image/volume.h"
#include "measure/interpolate.h"
#include "space/vec3.h"

namespace netpet::measure {

/// What is done to an image and a region before they are measured (IBSI, image processing).
struct Processing {
  /// New voxels, mm; 0 keeps those of an axis (2-D interpolation). Without it nothing is interpolated.
  std::optional<space::Vec3> spacing_mm;
  Interpolation method = Interpolation::linear;  ///< of the image; the region is always linear, from 0.5 on
  enum class Rounding { none, whole } rounding = Rounding::none;  ///< of interpolated intensities (HU)
  std::optional<double> lowest, highest;  ///< re-segmentation: intensities that stay in the region
  std::optional<double> outlier_sd;       ///< and within so many SD of the mean of the whole region

  bool operator==(const Processing&) const = default;
};

/// An image around a region, and the two regions that IBSI measures, on the image's grid.
struct Processed {
  image::PetVolume image;
  image::Region shape;      ///< as drawn, interpolated
  image::Region intensity;  ///< what re-segmentation left of it; may be empty
};

/// Processes the part of `image` around `region` (not empty) that any quantity looks at. Refuses
/// `resampling_too_large`.
Processed process(const image::PetVolume& image, const image::Region& region, const Processing& how);

}  // namespace netpet::measure
