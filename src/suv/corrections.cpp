#include "suv/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace netpet::suv {
namespace {

void check_slices(HeaderReview& review) {
  const auto& slices = review.header().slices;
  if (slices.empty()) review.refuse("no_slices", "the series holds no slice", "(0028,1053)");
  double greatest_intercept = 0, greatest_slope = 0;
  for (const record::PetSlice& slice : slices) {
    if (!(std::isfinite(slice.slope) && slice.slope >= 0)) {  // 0: some scanners mark an empty slice so
      review.refuse("slope_invalid", fmt::format("the rescale slope of {} is {:g}", slice.file, slice.slope),
                    "(0028,1053)");
    }
    if (!std::isfinite(slice.intercept)) {
      review.refuse("slope_invalid", fmt::format("the rescale intercept of {} is no number", slice.file),
                    "(0028,1052)");
    }
    greatest_intercept = std::max(greatest_intercept, std::abs(slice.intercept));
    greatest_slope = std::max(greatest_slope, slice.slope);
  }
  if (greatest_slope == 0)
    review.refuse("slope_invalid", "the rescale slope of every slice is 0", "(0028,1053)");
  if (greatest_intercept != 0) {
    review.refuse_unless_accepted("intercept_not_zero",
                                  fmt::format("the rescale intercept is up to {:g}, but PET stores activity "
                                              "proportionally: with an intercept the units are in doubt",
                                              greatest_intercept),
                                  "(0028,1052)");
  }
}

}  // namespace

void check_corrections(HeaderReview& review, PixelMeaning::Kind kind) {
  check_slices(review);
  if (review.header().counts_source == "TRANSMISSION")
    review.refuse("transmission_image", "the series shows transmission, not the tracer", "(0054,1002)");
  const auto& done = review.header().corrected_image;
  const auto has = [&](const char* name) { return std::find(done.begin(), done.end(), name) != done.end(); };
  if (done.empty()) {
    review.refuse_unless_accepted(
        "corrections_missing",
        "the header does not say which corrections were applied; SUV needs attenuation "
        "and decay correction",
        "(0028,0051)");
    return;
  }
  if (!has("ATTN")) {
    review.refuse(
        "not_attenuation_corrected",
        "the series is not attenuation-corrected (no ATTN among the corrections): use the corrected one",
        "(0028,0051)");
  }
  const std::string& decay = review.header().decay_correction;
  if (!has("DECY") && decay != "NONE") {
    review.refuse_unless_accepted(
        "not_decay_corrected",
        fmt::format("DECY is not among the corrections although Decay Correction is '{}'", decay),
        "(0028,0051)");
  }
  if (!has("DECY") && decay == "NONE" && kind == PixelMeaning::Kind::suv) {
    review.refuse_unless_accepted(
        "not_decay_corrected",
        "the pixels are SUV, but Decay Correction is NONE: they depend on the time of "
        "their frame",
        "(0054,1102)");
  }
  if (has("DECY") && decay == "NONE") {
    review.refuse_unless_accepted("decay_correction_contradictory",
                                  "DECY is among the corrections although Decay Correction is NONE",
                                  "(0054,1102)");
  }
}

DecayCorrection decay_correction_of(const HeaderReview& review) {
  if (review.header().decay_corrected_to) return DecayCorrection::stated;
  const std::string& text = review.header().decay_correction;
  if (text == "START") return DecayCorrection::start;
  if (text == "ADMIN") return DecayCorrection::admin;
  if (text == "NONE") return DecayCorrection::none;
  if (text.empty()) {
    review.refuse("decay_correction_missing",
                  "the header does not say to which time pixels are decay-corrected", "(0054,1102)");
  }
  review.refuse("decay_correction_unknown", "Decay Correction is '" + text + "', not START, ADMIN or NONE",
                "(0054,1102)");
}

}  // namespace netpet::suv
