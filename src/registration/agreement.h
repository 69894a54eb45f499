#pragma once

#include "registration/working_pair.h"
#include "space/displacement_field.h"

namespace netpet::registration {

/// How well a pair's scans lie on each other where both show something.
struct Agreement {
  double dice_body = 0;
  double dice_bone = 0;
  double ncc = 0;        ///< correlation of compressed HU inside both bodies
  double local_ncc = 0;  ///< mean product of local looks over that of each with itself, inside the fixed body
};

/// The fixed place p is compared with p + displacement(p); a null displacement compares the pair as it is.
Agreement agreement_of(const WorkingPair& pair, const space::DisplacementField* displacement,
                       const base::Run& run);

}  // namespace netpet::registration
