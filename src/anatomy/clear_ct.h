#pragma once

#include "base/run.h"
#include "image/volume.h"

namespace netpet::anatomy {

/// The CT on a coarser grid, HU: the mean of four places within each voxel, air and metal cut off.
image::PetVolume mean_ct(const image::CtVolume& ct, const space::Geometry& grid, const base::Run& run);

/// The same with less noise and its edges kept: diffusion that steep gradients stop (Tukey's biweight: Black
/// et al., IEEE Trans Image Process 1998;7:421–432).
image::PetVolume clear_ct(image::PetVolume mean, const base::Run& run);

}  // namespace netpet::anatomy
