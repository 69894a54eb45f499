#pragma once

#include "suv/header_review.h"
#include "suv/pixel_meaning.h"

namespace netpet::suv {

/// To which time pixels are corrected: the start of the scan, the injection, not at all, or a time that the
/// header states.
enum class DecayCorrection { start, admin, none, stated };

/// Requires emission data, attenuation correction and, unless (0054,1102) is NONE, decay correction in
/// (0028,0051); slopes above 0; intercepts 0. Refuses `transmission_image`, `corrections_missing`
/// (acceptable), `not_attenuation_corrected`, `not_decay_corrected` (acceptable; also SUV with decay
/// correction NONE), `decay_correction_contradictory` (acceptable), `slope_invalid`, `intercept_not_zero`
/// (acceptable), `no_slices`.
void check_corrections(HeaderReview& review, PixelMeaning::Kind kind);

/// (0054,1102), or the time of Enhanced PET. Refuses `decay_correction_missing`, `decay_correction_unknown`.
DecayCorrection decay_correction_of(const HeaderReview& review);

}  // namespace netpet::suv
