#pragma once

#include <optional>

#include "base/instant.h"
#include "base/units.h"
#include "suv/header_review.h"

namespace netpet::suv {

/// When the tracer was injected: (0018,1078), else (0018,1072) on the day of the scan, else GE's (0009,103B).
/// A time that lies after the scan belongs to the day before (`injection_day_before`). Warns
/// `short_uptake_time` below 30 min. Refuses `injection_time_missing`, `injection_after_scan`,
/// `injection_too_long_ago` (over 10 half-lives or 30 days).
base::Instant administration_time(HeaderReview& review, base::Instant scan_start, base::Seconds half_life);

}  // namespace netpet::suv
