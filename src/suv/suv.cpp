#include "suv/suv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "suv/administration.h"
#include "suv/corrections.h"
#include "suv/dose.h"
#include "suv/half_life.h"
#include "suv/header_review.h"
#include "suv/radionuclides.h"
#include "suv/reference_time.h"

namespace netpet::suv {
namespace {

using record::PetHeader;
using record::PetSlice;
using record::SuvProvenance;

enum class Units { bqml, gml };

Units units_of(const HeaderReview& review) {
  const std::string& units = review.header().units;
  if (units == "BQML") return Units::bqml;
  if (units == "GML") {
    const std::string& type = review.header().suv_type;
    if (type.empty() || type == "BW") return Units::gml;
    review.refuse("suv_type_not_supported",
                  "the pixels are SUV of the type " + type + "; only body-weight SUV is read", "(0054,1006)");
  }
  if (units.empty())
    review.refuse("units_missing", "the header does not say what pixel values are", "(0054,1001)");
  review.refuse("units_not_supported",
                "pixel values in " + units + " are not read: use a series in BQML or GML", "(0054,1001)");
}

/// The time that injection is compared with where pixels are not corrected to the start of the scan.
base::Instant scan_start(const HeaderReview& review) {
  if (const auto acquired = earliest_acquisition(review.header())) return *acquired;
  if (const auto series = series_instant(review.header())) return *series;
  review.refuse("acquisition_time_missing", "neither acquisition time nor series time is there",
                "(0008,0032)");
}

bool states_injection(const PetHeader& header) {
  return header.administered_datetime || header.administered_time || header.ge_administered;
}

/// Brings a frame's activity to the time of injection.
double growth_of_frame(const HeaderReview& review, const PetSlice& slice, base::Instant injected,
                       double decay) {
  if (!slice.acquired) {
    review.refuse("acquisition_time_missing", "the slice " + slice.file + " has no acquisition time",
                  "(0008,0032)");
  }
  if (!slice.frame_duration_ms) {
    review.refuse("frame_duration_missing", "the slice " + slice.file + " has no frame duration",
                  "(0018,1242)");
  }
  if (!(*slice.frame_duration_ms > 0)) {
    review.refuse("negative_time",
                  fmt::format("the frame duration of {} is {:g} ms", slice.file, *slice.frame_duration_ms),
                  "(0018,1242)");
  }
  const double x = decay * *slice.frame_duration_ms / 1000;
  return x / -std::expm1(-x) * std::exp(decay * (*slice.acquired - injected).value);
}

/// Some scanners write one acquisition time for all beds; without decay correction that leaves each bed's
/// time open.
void check_frame_times(const HeaderReview& review) {
  const auto& slices = review.header().slices;
  for (const PetSlice& slice : slices) {
    const PetSlice& first = slices.front();
    if (slice.acquired == first.acquired && slice.frame_reference_time_ms && first.frame_reference_time_ms &&
        std::abs(*slice.frame_reference_time_ms - *first.frame_reference_time_ms) > 1000) {
      review.refuse(
          "frame_times_contradictory",
          "slices have one acquisition time but different frame reference times, and no decay correction: "
          "the time of each bed is open",
          "(0054,1300)");
    }
  }
}

void factors_of_start(HeaderReview& review, base::Seconds half_life, SuvFactors& result) {
  SuvProvenance& p = result.provenance;
  const ReferenceTime reference = reference_time_of_start(review, half_life);
  const base::Instant injected = administration_time(review, reference.instant, half_life);
  p.administered = injected;
  p.reference_time = reference.instant;
  p.decay_factor = std::exp2(-(reference.instant - injected).value / half_life.value);
  p.rule = "BQML, decay-corrected to START: " + reference.source;
  const double dose_then = *p.dose_bq * *p.decay_factor;
  review.step(fmt::format("Activity at that time: {:.6g} MBq × {:.6g} = {:.6g} MBq.", *p.dose_bq * 1e-6,
                          *p.decay_factor, dose_then * 1e-6));
  result.per_slice.assign(review.header().slices.size(), *p.weight_kg * 1000 / dose_then);
}

void factors_of_admin(HeaderReview& review, const Radionuclides& table, SuvFactors& result) {
  SuvProvenance& p = result.provenance;
  p.rule = "BQML, decay-corrected to ADMIN";
  p.decay_factor = 1;
  if (review.header().half_life_s && states_injection(review.header())) {
    const base::Seconds half_life = half_life_of(review, table);
    p.half_life_s = half_life.value;
    p.administered = p.reference_time = administration_time(review, scan_start(review), half_life);
  }
  review.step("Pixels are corrected for decay to the injection: the administered activity counts.");
  result.per_slice.assign(review.header().slices.size(), *p.weight_kg * 1000 / *p.dose_bq);
}

void factors_of_none(HeaderReview& review, base::Seconds half_life, SuvFactors& result) {
  SuvProvenance& p = result.provenance;
  p.rule = "BQML, not decay-corrected (NONE): each frame brought to the injection";
  check_frame_times(review);
  const base::Instant injected = administration_time(review, scan_start(review), half_life);
  p.administered = p.reference_time = injected;
  const double decay = std::numbers::ln2 / half_life.value;
  const double at_injection = *p.weight_kg * 1000 / *p.dose_bq;
  for (const PetSlice& slice : review.header().slices) {
    result.per_slice.push_back(at_injection * growth_of_frame(review, slice, injected, decay));
  }
  const auto [least, most] = std::minmax_element(result.per_slice.begin(), result.per_slice.end());
  review.step(fmt::format(
      "Pixels are not corrected for decay: each slice was brought to the injection by a factor of "
      "{:.6g} to {:.6g}.",
      *least / at_injection, *most / at_injection));
}

void factors_of_activity(HeaderReview& review, const Radionuclides& table, SuvFactors& result) {
  SuvProvenance& p = result.provenance;
  const DecayCorrection correction = decay_correction_of(review);
  review.step("Pixels times their slice's slope are Bq/mL.");
  p.dose_bq = administered_dose(review).value;
  p.weight_kg = patient_weight(review).value;
  if (correction == DecayCorrection::admin) return factors_of_admin(review, table, result);
  const base::Seconds half_life = half_life_of(review, table);
  p.half_life_s = half_life.value;
  if (correction == DecayCorrection::start) return factors_of_start(review, half_life, result);
  factors_of_none(review, half_life, result);
}

}  // namespace

SuvFactors suv_factors(const PetHeader& header, const base::Resources& resources,
                       const std::set<std::string>& accepted_codes) {
  const SuvRules rules = read_suv_rules(resources);
  const Radionuclides table(resources);
  HeaderReview review(header, rules, accepted_codes);
  SuvFactors result;
  const Units units = units_of(review);
  check_corrections(review);
  if (units == Units::gml) {
    result.provenance.rule = "GML: pixels are SUVbw already";
    result.per_slice.assign(header.slices.size(), 1);
    review.step(
        "Pixels times their slice's slope are SUVbw as the scanner computed it; nothing was changed.");
  } else {
    factors_of_activity(review, table, result);
  }
  const auto [least, most] = std::minmax_element(result.per_slice.begin(), result.per_slice.end());
  if (!(std::isfinite(*most) && *least > 0)) {
    review.refuse("suv_not_finite", "the SUV factor of this header is no finite number", "(0018,1074)");
  }
  review.step(fmt::format("SUVbw = rescaled pixel × {:.8g}{}.", *least,
                          *most > *least ? fmt::format(" to {:.8g}", *most) : ""));
  result.provenance.factor = {*least, *most};
  result.provenance.steps = review.steps();
  result.warnings = review.warnings();
  // The repaired dose heads the report.
  std::stable_partition(result.warnings.begin(), result.warnings.end(),
                        [](const record::Warning& warning) { return warning.code == "dose_in_mbq"; });
  return result;
}

void apply(const SuvFactors& factors, image::PetVolume& pixels) {
  const auto slices = static_cast<std::size_t>(pixels.geometry().size[2]);
  base::check(factors.per_slice.size() == slices, "SUV factors of another series");
  const std::size_t in_slice = pixels.voxels().size() / slices;
  auto voxel = pixels.voxels().begin();
  for (const double factor : factors.per_slice) {
    for (std::size_t n = 0; n < in_slice; ++n, ++voxel) *voxel = static_cast<float>(*voxel * factor);
  }
}

}  // namespace netpet::suv
