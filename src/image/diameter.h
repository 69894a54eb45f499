#pragma once

#include "base/computed.h"
#include "image/volume.h"

namespace netpet::image {

/// The longest diameter in mm: the largest distance between two points of the region's surface, which crosses
/// half-way between a voxel of the region and its neighbour outside. An empty region cannot be measured.
base::Computed<double> longest_diameter_mm(const space::Geometry& grid, const Region& region);

/// The same within one slice k of the grid, the longest over all slices.
base::Computed<double> longest_axial_diameter_mm(const space::Geometry& grid, const Region& region);

}  // namespace netpet::image
