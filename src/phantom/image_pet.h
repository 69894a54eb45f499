#pragma once

#include <cstdint>

#include "base/run.h"
#include "image/volume.h"
#include "phantom/protocol.h"
#include "phantom/scene.h"

namespace netpet::phantom {

/// What the PET scanner would show without noise, SUVbw: uptake, averaged over each voxel and blurred by the
/// protocol's point spread.
image::PetVolume image_pet(const Scene& scene, const space::Geometry& grid, Session session,
                           double psf_fwhm_mm, const base::Run& run);

/// Adds count noise: correlated, growing with uptake^0.75 as iterative reconstructions have it, `liver_noise`
/// (coefficient of variation) at `liver_suv`. Never below 0.
image::PetVolume with_noise(const image::PetVolume& clean, const Protocol& protocol, double liver_suv,
                            std::uint64_t seed, std::uint64_t stream, const base::Run& run);

}  // namespace netpet::phantom
