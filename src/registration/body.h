#pragma once

#include "registration/grids.h"

namespace netpet::registration {

/// The patient on a working grid in HU, without couch: lungs and bowel gas belong to the body.
///
/// The couch has the same cross-section in every slice and touches the outside; what is left of it is thin.
/// Empty where nothing of a body's size is there.
image::Mask body_mask(const Field& hu);

}  // namespace netpet::registration
