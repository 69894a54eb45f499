#include "suv/image_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "base/parallel_for.h"
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

struct SliceSummary {
  double sum = 0;
  float least = std::numeric_limits<float>::infinity(), greatest = -least;
};

// Partial results side by side: the processor works on several voxels at a time.
constexpr std::size_t lanes = 8;

SliceSummary summary_of(std::span<const float> slice) {
  std::array<double, lanes> sum{};
  std::array<float, lanes> least, greatest;
  least.fill(SliceSummary{}.least);
  greatest.fill(SliceSummary{}.greatest);
  const auto take = [&](std::size_t lane, float value) {
    sum[lane] += value;
    least[lane] = value < least[lane] ? value : least[lane];
    greatest[lane] = value > greatest[lane] ? value : greatest[lane];
  };
  const std::size_t in_rows = slice.size() / lanes * lanes;
  for (std::size_t n = 0; n < in_rows; n += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) take(lane, slice[n + lane]);
  for (std::size_t n = in_rows; n < slice.size(); ++n) take(0, slice[n]);
  return {std::accumulate(sum.begin(), sum.end(), 0.0), *std::min_element(least.begin(), least.end()),
          *std::max_element(greatest.begin(), greatest.end())};
}

std::vector<SliceSummary> summaries_of(const image::PetVolume& suv, const base::Run& run) {
  std::vector<SliceSummary> result(static_cast<std::size_t>(suv.geometry().size[2]));
  const std::size_t in_slice = suv.voxels().size() / result.size();
  base::parallel_for(run, result.size(), 1, [&](std::size_t k, std::size_t) {
    result[k] = summary_of(std::span(suv.voxels()).subspan(k * in_slice, in_slice));
  });
  return result;
}

void judge_share(const space::Geometry& grid, std::span<const SliceSummary> slices,
                 const record::SuvProvenance& p, const SuvRules& rules,
                 std::vector<record::Warning>& warnings) {
  if (p.type != "bw" || !p.weight_kg) return;
  const double total = std::accumulate(slices.begin(), slices.end(), 0.0,
                                       [](double sum, const SliceSummary& slice) { return sum + slice.sum; });
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

void judge_range(std::span<const SliceSummary> slices, const record::SuvProvenance& p, const SuvRules& rules,
                 std::vector<record::Warning>& warnings) {
  SliceSummary all;
  for (const SliceSummary& slice : slices) {
    all.least = std::min(all.least, slice.least);
    all.greatest = std::max(all.greatest, slice.greatest);
  }
  if (p.type == "bw" && all.greatest < rules.least_greatest_suv)
    warnings.push_back(
        {"suv_implausibly_low",
         fmt::format("the greatest SUV of the whole image is {:.3g}: units, slope or dose are wrong",
                     all.greatest)});
  if (all.least < -deepest_streak * std::abs(all.greatest))
    warnings.push_back(
        {"negative_activity",
         fmt::format("SUV reaches down to {:.3g} (and up to {:.3g}): the sign of the pixels or the "
                     "intercept is wrong",
                     all.least, all.greatest)});
}

void judge_slices(const space::Geometry& grid, std::span<const SliceSummary> slices, const SuvRules& rules,
                  std::vector<record::Warning>& warnings) {
  if (grid.spacing.z > thickest_mm) return;
  double full = 0;
  for (const SliceSummary& slice : slices) full = std::max(full, full_share * slice.sum);
  std::vector<std::size_t> odd;
  for (std::size_t k = 1; k + 1 < slices.size(); ++k) {
    const auto [least, most] = std::minmax(slices[k - 1].sum, slices[k + 1].sum);
    const double here = slices[k].sum;
    const bool spike = here > full && here > rules.slice_out_of_line * most;
    const bool dip = least > full && here * rules.slice_out_of_line < least;
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
                                          const base::Resources& resources, const base::Run& run) {
  const SuvRules rules = read_suv_rules(resources);
  const std::vector<SliceSummary> slices = summaries_of(suv, run);
  std::vector<record::Warning> warnings;
  judge_share(suv.geometry(), slices, provenance, rules, warnings);
  judge_range(slices, provenance, rules, warnings);
  judge_slices(suv.geometry(), slices, rules, warnings);
  return warnings;
}

}  // namespace netpet::suv
