#pragma once

#include "image/png.h"
#include "image/volume.h"
#include "record/registration.h"

namespace netpet::report {

/// Two CTs in planes through the middle of the body (LPS mm), as they were scanned (each in its own
/// coordinates) and aligned: overlays, and checkerboards, coronal and sagittal, of which every other square
/// is the moving CT. Where they lie well the overlay is grey, and contours run on across the squares.
image::Picture draw_registration(const image::CtVolume& fixed, const image::CtVolume& moving,
                                 const record::Registration& registration);

}  // namespace netpet::report
