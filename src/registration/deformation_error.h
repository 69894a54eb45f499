#pragma once

#include <vector>

#include "record/registration.h"
#include "registration/deformable.h"
#include "registration/error_model.h"

namespace netpet::registration {

/// Why a place's displacement may be wrong.
struct Doubt {
  double opinions_mm = 0;   ///< between the answer and the search without a start
  double detail_mm = 0;     ///< between the answer and what was known before the finest images
  double remaining_mm = 0;  ///< by which a shift would explain how the scans still differ there
  double voxel_mm = 0;      ///< edge of a cube like a voxel of the coarser scan
};

Doubt doubt_at(const Deformation& deformation, space::PointLps place);

/// The error to expect, mm, exceeded at one of ten places like those that the model was fitted to.
double error_of(const Doubt& doubt, const ErrorModel& model);

/// The errors on a lattice of 24 mm inside the fixed body. `voxel_mm` as in `Doubt`.
std::vector<record::RegistrationSample> deformation_errors(const WorkingPair& pair,
                                                           const Deformation& deformation, double voxel_mm,
                                                           const ErrorModel& model);

}  // namespace netpet::registration
