#pragma once

#include "base/run.h"
#include "dicom/headers.h"
#include "image/volume.h"
#include "record/study.h"

namespace netpet::dicom {

/// Reads a CT series as Hounsfield units: stored · slope + intercept of each slice, rounded to the nearest
/// whole HU (halves away from zero) and clamped to the range of 16 bits. k grows along the slice normal; file
/// order and names do not matter. Pixels that the header declares to be padding become −1024 where they lie
/// below −1000 HU. Refuses what `stack_slices` and `read_stored_pixels` refuse.
/// Headers that are `known` are not read again.
image::CtVolume read_ct(const record::Series& series, const base::Run& run, const Headers& known = {});

}  // namespace netpet::dicom
