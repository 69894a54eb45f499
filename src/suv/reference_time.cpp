#include "suv/reference_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace netpet::suv {
namespace {

using base::Instant;
using record::PetHeader;
using record::PetSlice;

// Clocks and rounding of times in headers.
constexpr double clock_tolerance_s = 1;

bool is_ge(const PetHeader& header) {
  return header.manufacturer.starts_with("GE") || header.ge_scan_datetime.has_value();
}

/// The slice to compute back from: the earliest acquired; of several, the one with the smallest frame
/// reference time, because some scanners write one acquisition time for all beds.
const PetSlice* slice_to_compute_from(const PetHeader& header) {
  const PetSlice* best = nullptr;
  for (const PetSlice& slice : header.slices) {
    if (!slice.acquired || !slice.frame_reference_time_ms) continue;
    if (!best || *slice.acquired < *best->acquired ||
        (*slice.acquired == *best->acquired &&
         *slice.frame_reference_time_ms < *best->frame_reference_time_ms)) {
      best = &slice;
    }
  }
  return best;
}

/// t_acq + T_ave − Δt. GE counts Δt to the start of the frame, so T_ave is left out; so it is where T_ave
/// would put the reference behind the start of the scan, which START forbids.
std::optional<Instant> computed_back(const PetHeader& header, base::Seconds half_life) {
  const PetSlice* slice = slice_to_compute_from(header);
  if (!slice || *slice->frame_reference_time_ms < 0) return std::nullopt;
  const Instant from_start = *slice->acquired - base::Seconds(*slice->frame_reference_time_ms / 1000);
  if (is_ge(header)) return from_start;
  if (!slice->frame_duration_ms || !(*slice->frame_duration_ms > 0)) return std::nullopt;
  const double average_s = average_time_s(half_life.value, *slice->frame_duration_ms / 1000);
  const Instant from_average = from_start + base::Seconds(average_s);
  return (from_average - *slice->acquired).value > clock_tolerance_s ? from_start : from_average;
}

/// A private time, unless it lies a day or more from the scan.
std::optional<Instant> believable(HeaderReview& review, const std::optional<Instant>& time,
                                  const std::optional<Instant>& scan, const char* name) {
  if (!time || !scan) return time;
  const double hours = std::abs((*time - *scan).value) / 3600;
  if (hours <= review.rules().private_time_within_hours) return time;
  review.warn("private_time_ignored",
              fmt::format("{} says {}, {:.0f} h from the scan at {}: ignored (dates may have been shifted)",
                          name, base::iso(*time), hours, base::iso(*scan)));
  return std::nullopt;
}

}  // namespace

std::optional<Instant> earliest_acquisition(const PetHeader& header) {
  std::optional<Instant> earliest;
  for (const PetSlice& slice : header.slices) {
    if (slice.acquired && (!earliest || *slice.acquired < *earliest)) earliest = slice.acquired;
  }
  return earliest;
}

std::optional<Instant> series_instant(const PetHeader& header) {
  const auto& date = header.series_date ? header.series_date : header.study_date;
  if (!date || !header.series_time) return std::nullopt;
  return Instant::of(*date, *header.series_time);
}

double average_time_s(double half_life_s, double frame_s) {
  const double decay = std::numbers::ln2 / half_life_s;
  const double x = decay * frame_s;
  if (x < 1e-6) return frame_s / 2;  // the limit; the formula loses its digits there
  return std::log(x / -std::expm1(-x)) / decay;
}

ReferenceTime reference_time_of_start(HeaderReview& review, base::Seconds half_life) {
  const PetHeader& header = review.header();
  const auto series = series_instant(header);
  const auto acquired = earliest_acquisition(header);
  const auto scan = acquired ? acquired : series;
  const auto ge = believable(review, header.ge_scan_datetime, scan, "GE's scan time (0009,100D)");
  const auto siemens =
      believable(review, header.siemens_reference_time, scan, "Siemens' reference time (0071,1022)");
  const auto back = computed_back(header, half_life);

  ReferenceTime result;
  if (series && (!acquired || *series <= *acquired)) {
    result = {*series, "series time"};
  } else if (ge) {
    result = {*ge, "GE scan time (0009,100D)"};
  } else if (siemens) {
    result = {*siemens, "Siemens reference time (0071,1022)"};
  } else if (back) {
    result = {*back, "acquisition time less frame reference time"};
  } else if (acquired) {
    result = {*acquired, "earliest acquisition time"};
    review.warn("reference_time_uncertain",
                "the series time lies after the acquisition and nothing else says to which time pixels are "
                "corrected: "
                "the earliest acquisition was taken");
  } else {
    review.refuse("reference_time_missing", "neither series time nor acquisition time is there",
                  "(0008,0032)");
  }

  const struct {
    const std::optional<Instant>& time;
    const char* name;
  } checks[] = {
      {back, "the frame reference time"}, {ge, "GE's scan time"}, {siemens, "Siemens' reference time"}};
  for (const auto& [time, name] : checks) {
    if (!time) continue;
    const double apart_s = (*time - result.instant).value;
    if (std::abs(apart_s) <= review.rules().reference_time_differs_s) continue;
    const double change = 100 * std::abs(std::exp2(apart_s / half_life.value) - 1);
    review.warn(
        "reference_time_uncertain",
        fmt::format("pixels were taken as corrected to {} ({}), but {} says {}: SUV would differ by {:.1f} %",
                    base::iso(result.instant), result.source, name, base::iso(*time), change));
  }
  review.step(fmt::format("Pixels are corrected for decay to the start of the scan, {} ({}).",
                          base::iso(result.instant), result.source));
  return result;
}

}  // namespace netpet::suv
