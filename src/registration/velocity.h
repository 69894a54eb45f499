#pragma once

#include "base/run.h"
#include "image/mask.h"
#include "space/displacement_field.h"

namespace netpet::registration {

/// The displacement after flowing along `share` times the stationary velocity, by scaling and squaring
/// [arsigny2006]. exp(−v) undoes exp(v), and a smooth velocity never folds.
space::DisplacementField flow(const space::DisplacementField& velocity, float share, const base::Run& run);

/// The field at the centres of another grid.
space::DisplacementField resampled(const space::DisplacementField& field, const space::Geometry& grid,
                                   const base::Run& run);

/// How a displacement changes volumes: determinants of its derivative at the nodes inside a body.
struct VolumeChange {
  double least = 1;
  double greatest = 1;
  double folded_fraction = 0;  ///< share of nodes with a determinant of 0 or less
};

/// By differences to the next node in all eight combinations of directions, so that no fold between two nodes
/// is missed. `inside` stands on any grid of the same space.
VolumeChange volume_change(const space::DisplacementField& displacement, const image::Mask& inside,
                           const base::Run& run);

}  // namespace netpet::registration
