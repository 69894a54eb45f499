#include "suv/dose_at_reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "suv/administration.h"
#include "suv/corrections.h"
#include "suv/decay_factor.h"
#include "suv/dose.h"
#include "suv/frame_times.h"
#include "suv/half_life.h"

namespace netpet::suv {
namespace {

using base::Instant;
using base::Seconds;
using record::PetHeader;
using record::PetSlice;
using record::SuvProvenance;

/// The time that injection is compared with where pixels are not corrected to the start of the scan.
Instant scan_start(const HeaderReview& review) {
  if (const auto acquired = earliest_acquisition(review.header())) return *acquired;
  if (const auto series = series_instant(review.header())) return *series;
  review.refuse("acquisition_time_missing", "neither acquisition time nor series time is there",
                "(0008,0032)");
}

std::vector<double> same_in_all(const HeaderReview& review, double dose_bq) {
  return std::vector<double>(review.header().slices.size(), dose_bq);
}

/// The dose decayed from the injection to `reference`, told as a step.
double decayed(HeaderReview& review, Instant reference, Seconds half_life, SuvProvenance& p) {
  p.reference_time = reference;
  p.decay_factor = std::exp2(-(reference - *p.administered).value / half_life.value);
  const double dose_then = *p.dose_bq * *p.decay_factor;
  review.step(fmt::format("Activity at that time: {:.6g} MBq × {:.6g} = {:.6g} MBq.", *p.dose_bq * 1e-6,
                          *p.decay_factor, dose_then * 1e-6));
  return dose_then;
}

DoseAtReference dose_of_start(HeaderReview& review, Seconds half_life, SuvProvenance& p) {
  ReferenceTime reference = reference_time_of_start(review, half_life);
  p.administered = administration_time(review, reference.instant, half_life);
  p.rule += ", decay-corrected to START: " + reference.source;
  check_decay_factor(review, reference.instant, half_life);
  return {same_in_all(review, decayed(review, reference.instant, half_life, p)), std::move(reference)};
}

DoseAtReference dose_of_stated_time(HeaderReview& review, Seconds half_life, SuvProvenance& p) {
  const Instant stated = *review.header().decay_corrected_to;
  const Instant start = scan_start(review);
  const Seconds tolerance(review.rules().reference_time_differs_s);
  p.administered = administration_time(review, start, half_life);
  p.rule += ", decay-corrected to the time stated in (0018,9701)";
  Instant last = start;
  for (const PetSlice& slice : review.header().slices)
    last = std::max(last, acquired_at(slice).value_or(last));
  if (stated < *p.administered - tolerance || stated > last + tolerance)
    review.refuse_unless_accepted(
        "decay_correction_time_contradictory",
        fmt::format(
            "pixels are said to be corrected for decay to {}, which is neither between injection ({}) and "
            "scan ({}) nor one of them",
            base::iso(stated), base::iso(*p.administered), base::iso(start)),
        "(0018,9701)");
  review.step(fmt::format("Pixels are corrected for decay to {} (0018,9701).", base::iso(stated)));
  check_decay_factor(review, stated, half_life);
  return {same_in_all(review, decayed(review, stated, half_life, p)), std::nullopt};
}

/// ADMIN needs no time; one that is wrong is told, because the header is then in doubt.
void look_at_times_of_admin(HeaderReview& review, const Radionuclides& table, SuvProvenance& p) {
  if (!review.header().half_life_s || !states_injection(review.header())) return;
  try {
    const Seconds half_life = half_life_of(review, table);
    p.half_life_s = half_life.value;
    p.administered = p.reference_time = administration_time(review, scan_start(review), half_life);
    check_decay_factor(review, *p.administered, half_life);
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input) throw;
    review.warn(error.code(),
                error.message() + " (pixels are corrected to the injection, so SUV does not need it)");
  }
}

DoseAtReference dose_of_admin(HeaderReview& review, const Radionuclides& table, SuvProvenance& p) {
  p.rule += ", decay-corrected to ADMIN";
  p.decay_factor = 1;
  look_at_times_of_admin(review, table, p);
  review.step(
      "Pixels are corrected for decay to the injection (ADMIN, (0054,1102)): the activity injected counts.");
  return {same_in_all(review, *p.dose_bq), std::nullopt};
}

/// Without decay correction the time of each frame enters: slices that contradict one another are refused.
void check_frames_of_none(HeaderReview& review, Seconds half_life) {
  const auto& slices = review.header().slices;
  for (const PetSlice& slice : slices) {
    if (!acquired_at(slice))
      review.refuse("acquisition_time_missing", "the slice " + slice.file + " has no acquisition time",
                    "(0008,0032)");
    if (!slice.frame_duration_ms)
      review.refuse("frame_duration_missing", "the slice " + slice.file + " has no frame duration",
                    "(0018,1242)");
    if (!(*slice.frame_duration_ms > 0))
      review.refuse("negative_time",
                    fmt::format("the frame duration of {} is {:g} ms", slice.file, *slice.frame_duration_ms),
                    "(0018,1242)");
    if (*slice.frame_duration_ms < review.rules().shortest_frame_s * 1000 ||
        *slice.frame_duration_ms > review.rules().longest_scan_hours * 3600e3)
      review.warn("frame_duration_unusual",
                  fmt::format("a frame lasts {:g} ms: without decay correction its duration enters",
                              *slice.frame_duration_ms));
    const PetSlice& first = slices.front();
    if (slice.acquired == first.acquired && slice.frame_reference_time_ms && first.frame_reference_time_ms &&
        std::abs(*slice.frame_reference_time_ms - *first.frame_reference_time_ms) > 1000)
      review.refuse("frame_times_contradictory",
                    "slices have one acquisition time but different frame reference times, and no decay "
                    "correction: the time of each bed is open",
                    "(0054,1300)");
  }
  const auto [first, last] =
      std::minmax_element(slices.begin(), slices.end(),
                          [](const PetSlice& a, const PetSlice& b) { return *a.acquired < *b.acquired; });
  const double span_s = (*last->acquired - *first->acquired).value;
  const auto spread_s = spread_of_frames(review.header(), half_life);
  if (span_s > review.rules().longest_scan_hours * 3600 ||
      (spread_s && *spread_s > review.rules().reference_time_differs_s))
    review.refuse(
        "frame_times_contradictory",
        fmt::format("without decay correction the time of every slice enters, and those of the slices "
                    "contradict each other: they span {:.0f} min{}",
                    span_s / 60,
                    spread_s ? fmt::format(", {:.0f} s off their frame reference times", *spread_s) : ""),
        "(0008,0032)");
}

DoseAtReference dose_of_none(HeaderReview& review, Seconds half_life, SuvProvenance& p) {
  p.rule += ", not decay-corrected (NONE): each frame brought to the injection";
  check_frames_of_none(review, half_life);
  const Instant injected = administration_time(review, scan_start(review), half_life);
  p.administered = p.reference_time = injected;
  const double decay = std::numbers::ln2 / half_life.value;
  DoseAtReference result;
  for (const PetSlice& slice : review.header().slices) {
    const double x = decay * *slice.frame_duration_ms / 1000;
    const double mean_in_frame = x > 0 ? -std::expm1(-x) / x : 1;
    result.per_slice_bq.push_back(*p.dose_bq * mean_in_frame *
                                  std::exp(-decay * (*slice.acquired - injected).value));
  }
  const auto [least, most] = std::minmax_element(result.per_slice_bq.begin(), result.per_slice_bq.end());
  review.step(
      fmt::format("Pixels are not corrected for decay (NONE, (0054,1102)): the activity was {:.6g} to {:.6g} "
                  "MBq while the "
                  "slices were measured.",
                  *least * 1e-6, *most * 1e-6));
  return result;
}

}  // namespace

DoseAtReference dose_at_reference(HeaderReview& review, const Radionuclides& table, SuvProvenance& p) {
  const DecayCorrection correction = decay_correction_of(review);
  p.dose_bq = administered_dose(review, radionuclide_in(review.header(), table)).value;
  if (correction == DecayCorrection::admin) return dose_of_admin(review, table, p);
  const Seconds half_life = half_life_of(review, table);
  p.half_life_s = half_life.value;
  switch (correction) {
    case DecayCorrection::start:
      return dose_of_start(review, half_life, p);
    case DecayCorrection::stated:
      return dose_of_stated_time(review, half_life, p);
    case DecayCorrection::none:
    case DecayCorrection::admin:
      break;
  }
  return dose_of_none(review, half_life, p);
}

}  // namespace netpet::suv
