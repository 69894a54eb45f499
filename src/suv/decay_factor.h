#pragma once

#include "base/instant.h"
#include "suv/header_review.h"

namespace netpet::suv {

/// Compares Decay Factor (0054,1321) of the first frame with the time `reference` to which pixels were taken
/// as corrected: the factor tells how much later the frame was. Warns `decay_factor_differs` where they are
/// further apart than a frame and a few minutes, as where START and ADMIN were mistaken for each other. A
/// factor of 1 says nothing: scanners write it where they have none.
void check_decay_factor(HeaderReview& review, base::Instant reference, base::Seconds half_life);

}  // namespace netpet::suv
