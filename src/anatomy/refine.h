#pragma once

#include "base/run.h"
#include "image/mask.h"
#include "image/volume.h"

namespace netpet::anatomy {

/// Organs of a coarse map on a finer grid, their edges by the CT: bone by its density and lung and windpipe
/// by their air near the coarse ones, fat taken out of the rims of other organs. Covers `body` (on the coarse
/// grid) alone.
image::LabelMap refine_labels(const image::LabelMap& coarse, const image::Mask& body,
                              const image::CtVolume& ct, const base::Run& run);

}  // namespace netpet::anatomy
