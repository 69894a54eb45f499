#pragma once

#include "image/volume.h"

namespace netpet::lesions {

/// The part of `within` on the hottest voxel's side of the steepest slope: seeded watershed of the gradient
/// magnitude (3-D Sobel operator, SUV/mm) with the hottest voxel as one seed and everything outside `within`
/// as the other. Where a blurred lesion is larger than the point spread its surface is steepest at its own
/// edge, whatever the threshold. Sorted; holds `hottest`, which must be in `within`. Source: Geets, Eur J
/// Nucl Med Mol Imaging 2007;34:1427; flooding: Meyer, Signal Process 1994;38:113.
image::Region inside_steepest_slope(const image::PetVolume& suv, const image::Region& within,
                                    space::IndexIjk hottest);

}  // namespace netpet::lesions
