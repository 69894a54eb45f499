#pragma once

#include "suv/header_review.h"

namespace netpet::suv {

enum class DecayCorrection { start, admin, none };

/// Requires attenuation correction and, unless (0054,1102) is NONE, decay correction in (0028,0051); slopes
/// above 0; intercepts 0. Refuses `corrections_missing` (acceptable), `not_attenuation_corrected`,
/// `not_decay_corrected` (acceptable), `slope_invalid`, `intercept_not_zero` (acceptable), `no_slices`.
void check_corrections(HeaderReview& review);

/// (0054,1102). Refuses `decay_correction_missing`, `decay_correction_unknown`.
DecayCorrection decay_correction_of(const HeaderReview& review);

}  // namespace netpet::suv
