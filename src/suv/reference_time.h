#pragma once

#include <optional>
#include <string>

#include "base/instant.h"
#include "suv/header_review.h"

namespace netpet::suv {

/// The earliest acquisition of the series; nothing where no slice has one.
std::optional<base::Instant> earliest_acquisition(const record::PetHeader& header);
/// Series Date (else Study Date) with Series Time.
std::optional<base::Instant> series_instant(const record::PetHeader& header);

/// When the activity of a frame of T seconds has its average, after the frame's start: ln(λT / (1 − e^(−λT)))
/// / λ.
double average_time_s(double half_life_s, double frame_s);

struct ReferenceTime {
  base::Instant instant;
  std::string source;  ///< "series time", "GE scan time (0009,100D)", …
};

/// The time to which pixels are corrected where Decay Correction is START. In this order (QIBA): series time
/// if it is not after the earliest acquisition; GE's (0009,100D); Siemens' (0071,1022); computed back from
/// the frame reference time; the earliest acquisition. Private times count only within 24 h of the
/// acquisition (`private_time_ignored`). The back computation also checks the others: over 60 s apart warns
/// (`reference_time_uncertain`). Refuses `reference_time_missing`.
ReferenceTime reference_time_of_start(HeaderReview& review, base::Seconds half_life);

}  // namespace netpet::suv
