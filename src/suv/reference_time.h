#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "suv/frame_times.h"
#include "suv/header_review.h"

namespace netpet::suv {

struct ReferenceTime {
  base::Instant instant;
  std::string source;               ///< "series time", "GE scan time (0009,100D)", …
  bool confirmed = false;           ///< another statement of the maker says the same
  std::vector<std::string> doubts;  ///< sentences; a warning unless the time is confirmed
};

/// The time to which pixels are corrected where Decay Correction is START. In this order (QIBA): series time
/// if it is not after the earliest acquisition; GE's (0009,100D); Siemens' (0071,1022); computed back from
/// the frame reference times (frame_times.h); the earliest acquisition. Private times count only within 24 h
/// of the acquisition (`private_time_ignored` where one would have been needed). The others also check the
/// one that was taken: over 60 s apart is a doubt, and so is a time that nothing confirms. Refuses
/// `reference_time_missing`.
ReferenceTime reference_time_of_start(HeaderReview& review, base::Seconds half_life);

/// Says the doubts: as warnings (`reference_time_uncertain`), or as steps where the time is confirmed.
void report_doubts(HeaderReview& review, const ReferenceTime& reference);

}  // namespace netpet::suv
