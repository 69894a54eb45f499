#pragma once

#include <vector>

#include "image/volume.h"
#include "space/geometry.h"

namespace netpet::dicom {

/// A closed line along the edges of pixels in one slice: its corners in columns and rows, where whole numbers
/// are pixel centres. Straight runs have corners at their ends alone.
struct PixelOutline {
  struct Corner {
    double column = 0, row = 0;
  };
  std::size_t slice = 0;
  std::vector<Corner> corners;
};

/// The outlines of a region, slice by slice: the border of each part and of each hole in it. By the even-odd
/// rule they hold exactly the centres of the region's voxels.
std::vector<PixelOutline> outlines_of(const image::Region& region, const space::Geometry& grid);

}  // namespace netpet::dicom
