#pragma once

#include "base/computed.h"
#include "image/volume.h"

namespace netpet::measure {

/// The longest diameter in mm: the largest distance between two points of the region's voxels, corners
/// included, so that a single voxel has its own diagonal. An empty region cannot be measured.
base::Computed<double> longest_diameter_mm(const space::Geometry& grid, const image::Region& region);

/// The same within one slice k of the grid, the longest over all slices.
base::Computed<double> longest_axial_diameter_mm(const space::Geometry& grid, const image::Region& region);

}  // namespace netpet::measure
