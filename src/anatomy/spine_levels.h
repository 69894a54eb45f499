#pragma once

#include "anatomy/scene.h"
#include "record/spine_levels.h"

namespace netpet::anatomy {

/// Which vertebra lies at which height, without a map that names them: the discs along the spine, the usual
/// heights of the vertebrae, the sacrum, the iliac crests and the apices and dome of the lungs, weighed
/// against each other (a hidden chain of discs from L5/S1 up). Empty where neither crests nor lungs are seen.
/// `ct` in HU, in the patient space of the scene.
record::SpineLevels find_spine_levels(const Scene& scene, const Landmarks& marks, const image::CtVolume& ct);

}  // namespace netpet::anatomy
