#pragma once

#include "base/instant.h"
#include "base/units.h"
#include "suv/header_review.h"

namespace netpet::suv {

/// Whether the header says when the tracer was injected.
bool states_injection(const record::PetHeader& header);

/// When the tracer was injected: (0018,1078), else (0018,1072) on the day of the scan, else GE's (0009,103B).
/// - A time of day that lies after the scan belongs to the day before (`injection_day_before`): the scan
/// began
///   after midnight. A date-time gets that only where its date is that of the scan.
/// - A date-time that cannot be right, while its time of day can, had its date changed:
/// `injection_after_scan`
///   and `injection_too_long_ago` are then acceptable, and the time of day counts.
/// - Of a nuclide that lives longer, a time without date leaves the day open (`injection_day_assumed`).
/// - Exactly 00:00:00 stands for a time that was removed (`injection_at_midnight`, acceptable).
/// Warns `short_uptake_time` below 30 min, `long_uptake_time` over 3 half-lives, `injection_times_differ`
/// where the sources are over 60 s apart. Refuses `injection_time_missing`, `injection_after_scan`,
/// `injection_too_long_ago` (over 10 half-lives or 30 days).
base::Instant administration_time(HeaderReview& review, base::Instant scan_start, base::Seconds half_life);

}  // namespace netpet::suv
