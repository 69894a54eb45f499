#pragma once

#include "image/volume.h"

namespace netpet::lesions {

/// What a watershed is grown from.
struct WatershedSeed {
  space::IndexIjk hottest;  ///< always a seed
  double background = 0;    ///< SUV
  double share = 0;         ///< of the way from the background to the highest 1 cm³ mean: seeds lie above it
};

/// The part of `within` on the hot side of the steepest slope: seeded watershed of the gradient magnitude
/// (3-D Sobel operator, SUV/mm) with the uptake above the seed's share on one side and everything outside
/// `within` on the other. Where a blurred lesion is larger than the point spread its surface is steepest at
/// its own edge, whatever the threshold; the share lies above the middle of that edge, and is one of the
/// highest mean, so that in noise no single maximum is cut off by the slopes around it. Sorted; holds
/// `hottest`, which must be in `within`. Source: Geets, Eur J Nucl Med Mol Imaging 2007;34:1427; flooding:
/// Meyer, Signal Process 1994;38:113.
image::Region inside_steepest_slope(const image::PetVolume& suv, const image::Region& within,
                                    const WatershedSeed& seed);

}  // namespace netpet::lesions
