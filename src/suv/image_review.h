#pragma once

#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/tracer_scan.h"
#include "record/warning.h"

namespace netpet::suv {

/// What only the image tells of its header:
/// - the share of the dose that it holds, Σ SUVbw · voxel volume / mass. More than was injected warns
///   `activity_exceeds_dose` (dose, time or units are wrong), hardly anything in a long field of view of a
///   short-lived nuclide `activity_far_below_dose`. Needs SUVbw and the mass; other images are not judged so.
/// - a greatest SUVbw that no tracer leaves in a patient (`suv_implausibly_low`: units or slope are wrong),
/// and
///   values far below 0 (`negative_activity`: the sign of the pixels is wrong).
/// - a slice whose activity is over twice, or under half, that of both neighbours (`slice_out_of_line`): its
///   rescale slope or its pixels are wrong. Judged where slices are thin enough to share their blur.
std::vector<record::Warning> review_image(const image::PetVolume& suv,
                                          const record::SuvProvenance& provenance,
                                          const base::Resources& resources, const base::Run& run = {});

}  // namespace netpet::suv
