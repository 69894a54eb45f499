#include "suv/image_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "suv/suv_rules.h"

namespace netpet::suv {
namespace {

// Thicker slices need not resemble each other.
constexpr double thickest_mm = 6;
// Slices with less than this share of the fullest one are the ends of the patient, or air.
constexpr double full_share = 0.05;
// Above it the tracer has time to leave the body before the scan.
constexpr double short_lived_s = 86400;

// Filtered back projection leaves streaks below 0 beside a full bladder, but not this deep.
constexpr double deepest_streak = 0.25;

std::vector<double> sums_of_slices(const image::PetVolume& suv) {
  const auto slices = static_cast<std::size_t>(suv.geometry().size[2]);
  const std::size_t in_slice = suv.voxels().size() / slices;
  std::vector<double> sums;
  for (auto begin = suv.voxels().begin(); sums.size() < slices;
       begin += static_cast<std::ptrdiff_t>(in_slice))
    sums.push_back(std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(in_slice), 0.0));
  return sums;
}

void judge_share(const image::PetVolume& suv, double total, const record::SuvProvenance& p,
                 const SuvRules& rules, std::vector<record::Warning>& warnings) {
  if (p.type != "bw" || !p.weight_kg) return;
  const space::Geometry& grid = suv.geometry();
  const double voxel_ml = grid.spacing.x * grid.spacing.y * grid.spacing.z / 1000;
  const double share = total * voxel_ml / (*p.weight_kg * 1000);
  if (share > rules.most_share_of_dose)
    warnings.push_back(
        {"activity_exceeds_dose",
         fmt::format(
             "the image holds {:.3g} times the activity that was injected: dose, times or units are wrong, "
             "and SUV with them",
             share)});
  const bool whole_body = grid.spacing.z * grid.size[2] >= rules.whole_body_from_mm;
  if (whole_body && p.half_life_s && *p.half_life_s < short_lived_s && share < rules.least_share_of_dose)
    warnings.push_back(
        {"activity_far_below_dose",
         fmt::format(
             "the image holds only {:.2g} % of the activity that was injected: check dose, times and units",
             100 * share)});
}

void judge_range(const image::PetVolume& suv, const record::SuvProvenance& p, const SuvRules& rules,
                 std::vector<record::Warning>& warnings) {
  const auto [least, greatest] = std::minmax_element(suv.voxels().begin(), suv.voxels().end());
  if (p.type == "bw" && *greatest < rules.least_greatest_suv)
    warnings.push_back(
        {"suv_implausibly_low",
         fmt::format("the greatest SUV of the whole image is {:.3g}: units, slope or dose are wrong",
                     *greatest)});
  if (*least < -deepest_streak * std::abs(*greatest))
    warnings.push_back(
        {"negative_activity",
         fmt::format("SUV reaches down to {:.3g} (and up to {:.3g}): the sign of the pixels or the "
                     "intercept is wrong",
                     *least, *greatest)});
}

void judge_slices(const image::PetVolume& suv, const std::vector<double>& sums, const SuvRules& rules,
                  std::vector<record::Warning>& warnings) {
  if (suv.geometry().spacing.z > thickest_mm) return;
  const double full = full_share * *std::max_element(sums.begin(), sums.end());
  std::vector<std::size_t> odd;
  for (std::size_t k = 1; k + 1 < sums.size(); ++k) {
    const auto [least, most] = std::minmax(sums[k - 1], sums[k + 1]);
    const bool spike = sums[k] > full && sums[k] > rules.slice_out_of_line * most;
    const bool dip = least > full && sums[k] * rules.slice_out_of_line < least;
    if (spike || dip) odd.push_back(k);
  }
  if (odd.empty()) return;
  warnings.push_back(
      {"slice_out_of_line",
       fmt::format(
           "{} slice{} (the first is number {} from the lowest, counted from 0) hold{} over twice or under "
           "half the activity of both neighbours: rescale slope or pixels are wrong",
           odd.size(), odd.size() == 1 ? "" : "s", odd.front(), odd.size() == 1 ? "s" : "")});
}

}  // namespace

std::vector<record::Warning> review_image(const image::PetVolume& suv,
                                          const record::SuvProvenance& provenance,
                                          const base::Resources& resources) {
  const SuvRules rules = read_suv_rules(resources);
  const std::vector<double> sums = sums_of_slices(suv);
  std::vector<record::Warning> warnings;
  judge_share(suv, std::accumulate(sums.begin(), sums.end(), 0.0), provenance, rules, warnings);
  judge_range(suv, provenance, rules, warnings);
  judge_slices(suv, sums, rules, warnings);
  return warnings;
}

}  // namespace netpet::suv
