#pragma once

#include "registration/grids.h"
#include "space/displacement_field.h"

namespace netpet::registration {

/// How one resolution is fitted.
struct FitLevel {
  int rounds = 1;
  float stiffness = 1;  ///< weight of the velocity's squared gradient against the images
};

/// What the images say at the nodes of a velocity: the normal equations of one round, per voxel.
struct Evidence {
  std::vector<std::array<float, 6>>
      curvature;  ///< xx, yy, zz, xy, xz, yz of the mean outer product of gradients
  std::vector<space::Vec3f> force;
  std::vector<float> remainder;  ///< mean square of what is left between the local looks, at most 4 a voxel
  std::vector<float> slope;      ///< mean squared gradient of the looks, 1/mm²
};

/// Improves `velocity` (on `nodes`, one or two voxels of the images apart) such that exp(v/2) of `moving` and
/// exp(−v/2) of `fixed` meet half way: Gauss-Newton on the difference of the local looks with Geman-McClure
/// weights, stiffness by the gradient of the whole velocity. Swapping the images gives −v. NaN voxels do not
/// count. Returns the evidence of the last round.
Evidence fit_symmetric(const Field& fixed, const Field& moving, const FitLevel& level,
                       space::DisplacementField& velocity, const base::Run& run);

}  // namespace netpet::registration
