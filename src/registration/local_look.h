#pragma once

#include "registration/grids.h"

namespace netpet::registration {

/// Each voxel's departure from the mean of the box of 2 · `radius` + 1 voxels around it, in standard
/// deviations there; `floor` is added to these (root of the sum of squares), so that noise stays small.
/// Products of two such images are local correlations. NaN marks voxels that are not shown: they do not
/// count, and stay NaN.
Field local_look(const Field& field, int radius, float floor, const base::Run& run);

}  // namespace netpet::registration
