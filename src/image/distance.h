#pragma once

#include "base/run.h"
#include "image/mask.h"

namespace netpet::image {

/// The exact Euclidean distance in mm from each voxel centre to the nearest set voxel centre; 0 on set
/// voxels, infinity everywhere where no voxel is set. Separable lower envelope of parabolas, so it holds for
/// unequal spacing. Source: Felzenszwalb & Huttenlocher, Theory of Computing 2012;8:415–428.
Volume<float> distance_mm(const Mask& mask, const base::Run& run);

/// All voxels whose centre lies within `radius_mm` of a set voxel's centre.
Mask dilate(const Mask& mask, double radius_mm, const base::Run& run);

/// The set voxels whose centre lies farther than `radius_mm` from every voxel centre outside the mask. What
/// lies beyond the border of the grid is unknown and erodes nothing.
Mask erode(const Mask& mask, double radius_mm, const base::Run& run);

}  // namespace netpet::image
