#pragma once

#include "registration/symmetric_fit.h"
#include "registration/working_pair.h"
#include "space/displacement_field.h"

namespace netpet::registration {

/// What was found on the way to a deformation, all on the rigidly aligned pair: opinions that differ where
/// the answer is in doubt.
struct Deformation {
  space::DisplacementField velocity;        ///< the answer: place p lies at p + exp(velocity)(p)
  space::DisplacementField coarse;          ///< velocity before the images of 3 mm were looked at
  space::DisplacementField discrete_there;  ///< fixed → moving by the search without a start
  space::DisplacementField discrete_back;   ///< moving → fixed by the same search
  Evidence evidence;                        ///< of the last round, at the nodes of `velocity`
};

/// The deformation that remains between the two scans of a pair, up to some 24 mm: discrete search, then
/// symmetric fits at 12, 6 and 3 mm. A velocity that is smooth does not fold.
Deformation find_deformation(const WorkingPair& pair, const base::Run& run);

}  // namespace netpet::registration
