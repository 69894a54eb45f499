#pragma once

#include "registration/grids.h"
#include "space/affine.h"

namespace netpet::registration {

/// Two CTs on one grid of 3 mm around the fixed body, the moving one laid on the fixed one by a rigid
/// transform: what the deformable stage works on. HU are compressed (bone and lung edges stand out, fat
/// planes stay visible), air around the bodies, NaN where a scan ends.
struct WorkingPair {
  Field fixed, moving;
  image::Mask body, moving_body;  ///< without couch
};

/// Refuses nothing that the rigid stage has let pass.
WorkingPair working_pair(const image::CtVolume& fixed, const image::CtVolume& moving,
                         const space::Affine& fixed_to_moving, const base::Run& run);

/// HU with air below −150 and bone above 150 drawn in: edges of soft tissue count beside those of lung.
float compressed_hu(float hu);

}  // namespace netpet::registration
