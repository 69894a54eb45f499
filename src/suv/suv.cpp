#include "suv/suv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/error.h"
#include "base/parallel_for.h"
#include "suv/body.h"
#include "suv/corrections.h"
#include "suv/dose_at_reference.h"
#include "suv/header_review.h"
#include "suv/pixel_meaning.h"
#include "suv/radionuclides.h"

namespace netpet::suv {
namespace {

/// Philips states SUVbw per activity as its own console computed it.
void compare_with_philips(HeaderReview& review, double mass_g, DoseAtReference& dose) {
  const auto stated = philips_suv_per_activity(review.header());
  const auto [least, most] = std::minmax_element(dose.per_slice_bq.begin(), dose.per_slice_bq.end());
  if (!stated || *least != *most) return;
  const double ours = mass_g / *least;
  const double apart = std::abs(ours / *stated - 1);
  if (apart > review.rules().philips_factors_differ) {
    review.warn(
        "philips_factors_differ",
        fmt::format(
            "by Philips' own factors SUVbw is {:.6g} for each Bq/mL, by dose, weight and times {:.6g}: "
            "{:.3g} % apart; check them",
            *stated, ours, 100 * apart));
    return;
  }
  if (dose.reference) dose.reference->confirmed = true;
  review.step(
      fmt::format("Philips' own factors give {:.6g} for each Bq/mL, {:.2g} % off.", *stated, 100 * apart));
}

Body told_body(HeaderReview& review, record::SuvProvenance& provenance) {
  const Body body = body_of(review);
  provenance.weight_kg = body.weight_kg;
  provenance.height_m = body.height_m;
  return body;
}

void factors_of_activity(HeaderReview& review, const PixelMeaning& pixels, SuvType type,
                         const base::Resources& resources, SuvFactors& result) {
  const Radionuclides table(resources);
  const Body body = told_body(review, result.provenance);
  const double to_type = normaliser_of(review, body, type);
  DoseAtReference dose = dose_at_reference(review, table, result.provenance);
  compare_with_philips(review, body.weight_kg * 1000, dose);
  if (dose.reference) report_doubts(review, *dose.reference);
  for (const double dose_bq : dose.per_slice_bq) result.per_slice.push_back(pixels.scale * to_type / dose_bq);
}

void factors_of_suv(HeaderReview& review, const PixelMeaning& pixels, SuvType type, SuvFactors& result) {
  double factor = pixels.scale;
  // A weight that does not enter may still tell how much activity the image holds.
  if (pixels.type != type || review.header().weight.value_or(0) > 0) {
    const Body body = told_body(review, result.provenance);
    if (pixels.type != type)
      factor *= normaliser_of(review, body, type) / normaliser_of(review, body, pixels.type);
  }
  result.per_slice.assign(review.header().slices.size(), factor);
}

}  // namespace

SuvFactors suv_factors(const record::PetHeader& header, const base::Resources& resources,
                       const std::set<std::string>& accepted_codes, SuvType type) {
  const SuvRules rules = read_suv_rules(resources);
  HeaderReview review(header, rules, accepted_codes);
  for (const record::Warning& problem : header.problems) review.warn(problem.code, problem.message);
  SuvFactors result;
  const PixelMeaning pixels = meaning_of_pixels(review);
  check_corrections(review, pixels.kind);
  result.provenance.type = name_of(type);
  result.provenance.unit = unit_of(type);
  result.provenance.rule = pixels.rule;
  if (pixels.kind == PixelMeaning::Kind::suv) {
    factors_of_suv(review, pixels, type, result);
  } else {
    factors_of_activity(review, pixels, type, resources, result);
  }
  const auto [least, most] = std::minmax_element(result.per_slice.begin(), result.per_slice.end());
  if (!(std::isfinite(*most) && *least > 0))
    review.refuse("suv_not_finite", "the SUV factor of this header is no finite number", "(0018,1074)");
  review.step(fmt::format("SUV{} = rescaled pixel × {:.8g}{}.", name_of(type), *least,
                          *most > *least ? fmt::format(" to {:.8g}", *most) : ""));
  result.provenance.factor = {*least, *most};
  result.provenance.steps = review.steps();
  result.warnings = review.warnings();
  for (const record::Warning& warning : result.warnings) result.provenance.doubts.push_back(warning.message);
  // The repaired dose heads the report.
  std::stable_partition(result.warnings.begin(), result.warnings.end(),
                        [](const record::Warning& warning) { return warning.code == "dose_in_mbq"; });
  return result;
}

void apply(const SuvFactors& factors, image::PetVolume& pixels, const base::Run& run) {
  const auto slices = static_cast<std::size_t>(pixels.geometry().size[2]);
  base::check(factors.per_slice.size() == slices, "SUV factors of another series");
  const std::size_t in_slice = pixels.voxels().size() / slices;
  base::parallel_for(run, slices, 1, [&](std::size_t k, std::size_t) {
    const double factor = factors.per_slice[k];
    for (float& value : std::span(pixels.voxels()).subspan(k * in_slice, in_slice))
      value = static_cast<float>(value * factor);
  });
}

}  // namespace netpet::suv
