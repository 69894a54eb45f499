#pragma once

#include "image/png.h"
#include "image/volume.h"
#include "space/affine.h"

namespace netpet::report {

/// Two CTs laid on each other in a checkerboard, a coronal and a sagittal plane through the middle of the
/// body: squares of the fixed CT alternate with squares of the moving one, brought over by `fixed_to_moving`
/// (LPS mm). Where they lie well, contours run on across the squares.
image::Picture draw_checkerboard(const image::CtVolume& fixed, const image::CtVolume& moving,
                                 const space::Affine& fixed_to_moving);

}  // namespace netpet::report
