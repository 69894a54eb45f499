#include "suv/pixel_meaning.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace netpet::suv {
namespace {

using record::PetHeader;

const char* const units_tag = "(0054,1001)";
const char* const type_tag = "(0054,1006)";

/// Why the other units of the standard give no SUV.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> reasons{
    {{"PROPCNTS", "counts proportional to activity, without calibration"},
     {"PROPCPS", "count rates proportional to activity, without calibration"},
     {"CPS", "count rates need the calibration and the volume of a voxel, which the header does not hold"},
     {"1CM", "attenuation coefficients are no activity"},
     {"PCNT", "percentages are no activity"},
     {"NONE", "numbers without unit are no activity"},
     {"CNTS", "counts have a meaning only with Philips' private factors"},
     {"STDDEV", "standard deviations are no activity"}}};

PixelMeaning suv_of_gml(HeaderReview& review) {
  const std::string& stated = review.header().suv_type;
  constexpr std::array<std::pair<std::string_view, SuvType>, 6> types{{{"", SuvType::bw},
                                                                       {"BW", SuvType::bw},
                                                                       {"LBM", SuvType::lbm_james120},
                                                                       {"LBMJAMES128", SuvType::lbm_james128},
                                                                       {"LBMJANMA", SuvType::lbm_janma},
                                                                       {"IBW", SuvType::ibw}}};
  for (const auto& [name, type] : types)
    if (stated == name) {
      const std::string_view said = stated.empty() ? "no type stated: BW" : name;
      review.step(
          fmt::format("Pixels times their slice's slope are SUV as the scanner computed it ({}; (0054,1001), "
                      "(0054,1006)).",
                      said));
      return {PixelMeaning::Kind::suv, type, 1, fmt::format("GML ({})", said)};
    }
  if (stated == "BSA")
    review.refuse("suv_type_contradicts_units", "SUV by body surface is in cm²/mL, but the units are GML",
                  type_tag);
  review.refuse("suv_type_not_supported", "the pixels are SUV of the unknown type " + stated, type_tag);
}

PixelMeaning suv_of_cm2ml(HeaderReview& review) {
  const std::string& stated = review.header().suv_type;
  if (!stated.empty() && stated != "BSA")
    review.refuse("suv_type_contradicts_units",
                  "the units are CM2ML, SUV by body surface, but the SUV type is " + stated, type_tag);
  review.step("Pixels times their slice's slope are SUV by body surface as the scanner computed it.");
  return {PixelMeaning::Kind::suv, SuvType::bsa, 1, "CM2ML"};
}

/// The factor where it is usable: Philips writes 0 for none.
std::optional<double> usable(HeaderReview& review, const std::optional<double>& factor, const char* tag) {
  if (!factor || *factor == 0) return std::nullopt;
  if (!(std::isfinite(*factor) && *factor > 0))
    review.refuse("philips_factor_invalid", fmt::format("Philips' factor is {:g}", *factor), tag);
  return factor;
}

/// Whether activity can become SUV: nothing that enters is absent or 0.
bool holds_what_activity_needs(const PetHeader& header) {
  if (header.total_dose.value_or(0) == 0 || header.weight.value_or(0) == 0) return false;
  if (header.decay_correction == "ADMIN") return true;
  const bool injected = header.administered_datetime || header.administered_time || header.ge_administered;
  const bool scanned = header.series_time || header.decay_corrected_to ||
                       std::any_of(header.slices.begin(), header.slices.end(),
                                   [](const auto& slice) { return slice.acquired; });
  return header.half_life_s && injected && scanned;
}

PixelMeaning philips_counts(HeaderReview& review) {
  const PetHeader& header = review.header();
  const auto to_suv = usable(review, header.philips_suv_factor, "(7053,1000)");
  const auto to_activity = usable(review, header.philips_activity_factor, "(7053,1009)");
  if (!to_suv && !to_activity)
    review.refuse("philips_factor_missing",
                  "pixel values in CNTS have a meaning only with Philips' private factors (7053,1000) or "
                  "(7053,1009), and neither is there",
                  "(7053,1000)");
  if (to_activity && (!to_suv || holds_what_activity_needs(header))) {
    review.step(fmt::format(
        "Pixels times their slice's slope are counts; Philips' factor (7053,1009) makes them Bq/mL: {:.8g}.",
        *to_activity));
    return {PixelMeaning::Kind::activity, SuvType::bw, *to_activity,
            "CNTS by Philips' activity factor (7053,1009)"};
  }
  review.step(
      fmt::format("Pixels times their slice's slope are counts; Philips' factor (7053,1000) makes them "
                  "SUVbw: {:.8g}. {}",
                  *to_suv,
                  to_activity ? "The activity factor was not used: dose, weight or times are missing."
                              : "There is no activity factor."));
  return {PixelMeaning::Kind::suv, SuvType::bw, *to_suv, "CNTS by Philips' SUV factor (7053,1000)"};
}

bool is_philips(const PetHeader& header) {
  return header.manufacturer.starts_with("Philips") || header.manufacturer.starts_with("PHILIPS") ||
         header.philips_suv_factor || header.philips_activity_factor;
}

}  // namespace

PixelMeaning meaning_of_pixels(HeaderReview& review) {
  const std::string& units = review.header().units;
  if (units.empty())
    review.refuse("units_missing", "the header does not say what pixel values are", units_tag);
  if (units == "BQML") {
    review.step("Pixels times their slice's slope (0028,1053) are Bq/mL (0054,1001).");
    return {PixelMeaning::Kind::activity, SuvType::bw, 1, "BQML"};
  }
  if (units == "GML") return suv_of_gml(review);
  if (units == "CM2ML") return suv_of_cm2ml(review);
  if (units == "CNTS" && is_philips(review.header())) return philips_counts(review);
  const auto reason =
      std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first == units; });
  review.refuse("units_not_supported",
                fmt::format("no SUV from pixel values in {}{}{}: use a series in BQML or GML", units,
                            reason == reasons.end() ? "" : ": ",
                            reason == reasons.end() ? std::string_view() : reason->second),
                units_tag);
}

std::optional<double> philips_suv_per_activity(const PetHeader& header) {
  const auto& to_suv = header.philips_suv_factor;
  const auto& to_activity = header.philips_activity_factor;
  if (!to_suv || !to_activity || !(*to_suv > 0) || !(*to_activity > 0)) return std::nullopt;
  const double ratio = *to_suv / *to_activity;
  return std::isfinite(ratio) && ratio > 0 ? std::optional(ratio) : std::nullopt;
}

}  // namespace netpet::suv
