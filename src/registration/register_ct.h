#pragma once

#include "base/run.h"
#include "image/volume.h"
#include "record/registration.h"
#include "registration/error_model.h"

namespace netpet::registration {

/// How much a moving scan may be changed to lie on the fixed one.
enum class Freedom { rigid, deformable };

/// Lays `moving` on `fixed`, both in HU on any grid: rigid first (`register_rigid_ct`, which refuses what
/// does not fit), then bent without folding. Where the deformation folds, swells beyond what bodies do, or
/// makes the scans no more alike, the rigid transform stands and the warning `deformation_rejected` says so;
/// where 98 % of the body bends by less than 3 mm it stands without a word.
record::Registration register_ct(const image::CtVolume& fixed, const image::CtVolume& moving,
                                 const ErrorModel& errors, const base::Run& run);

}  // namespace netpet::registration
