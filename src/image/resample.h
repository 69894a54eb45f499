#pragma once

#include <cstdint>

#include "base/run.h"
#include "image/volume.h"
#include "space/transform.h"

namespace netpet::image {

/// The image on another grid by trilinear interpolation; `target_to_source` maps target LPS to source LPS
/// (mm).
///
/// A target voxel whose centre lies outside every source voxel becomes `outside`; in the outer half of a
/// border voxel the border value holds. A centre that falls on a source centre to within 1e-5 voxel keeps
/// that value exactly.
PetVolume resample_linear(const PetVolume& source, const space::Geometry& target,
                          const space::Transform& target_to_source, float outside, const base::Run& run);

/// The same for CT, in HU, rounded to the nearest whole number.
CtVolume resample_linear(const CtVolume& source, const space::Geometry& target,
                         const space::Transform& target_to_source, std::int16_t outside,
                         const base::Run& run);

/// The label of the nearest voxel centre; 0 outside the source. `target_to_source` maps target LPS to source
/// LPS (mm).
LabelMap resample_nearest(const LabelMap& source, const space::Geometry& target,
                          const space::Transform& target_to_source, const base::Run& run);

}  // namespace netpet::image
