#pragma once

#include "base/computed.h"
#include "image/volume.h"

namespace netpet::measure {

/// How alike near voxels of a region are. Every pair counts, weighted by the inverse of its distance.
struct Autocorrelation {
  base::Computed<double> moran_i;
  base::Computed<double> geary_c;
};

/// Not computable where fewer than two voxels or one value only are there, or so many voxels that the sum
/// would not end. A large region is summed in
/// Fourier space: the same sums, to rounding.
Autocorrelation autocorrelation(const image::PetVolume& image, const image::Region& region);

}  // namespace netpet::measure
