#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "base/robust.h"
#include "image/components.h"
#include "registration/coarse.h"
#include "registration/overlap.h"
#include "registration/rigid.h"

namespace netpet::registration {
namespace {

constexpr double fine_mm = 4;
constexpr double least_body_ml = 400;
constexpr std::size_t guesses_followed = 2;
// Two tracers agree on the outline and on coarse uptake only; a body outline of a PET is good to about a PET
// voxel and slides along the patient. Stated, not measured.
constexpr double stated_error_mm = 15;
constexpr double least_ncc = 0.5;
constexpr double least_dice_body = 0.75;
constexpr double least_common_mm = 150;
constexpr int histogram_bins = 200;
constexpr float lowest_log = -7;  // a thousandth of the scan's typical uptake counts as nothing

struct Scan {
  Field look;
  image::Mask body;
  CoarseScan coarse;
};

[[noreturn]] void fail(const std::string& why) {
  throw base::Error::input("registration_failed",
                           "the two PET scans could not be laid on each other: " + why +
                               "; give CTs, or check that both scans are of the same patient");
}

/// Otsu's threshold between two classes of logarithms [otsu1979].
float threshold_of(const Field& logs) {
  std::array<double, histogram_bins> counts{};
  const auto [lowest, highest] = std::minmax_element(logs.voxels().begin(), logs.voxels().end());
  const float low = *lowest, width = (*highest - low) / histogram_bins;
  if (!(width > 0)) return low;
  for (const float value : logs.voxels())
    ++counts[static_cast<std::size_t>(
        std::clamp(static_cast<int>((value - low) / width), 0, histogram_bins - 1))];
  double all = 0, all_sum = 0;
  for (int n = 0; n < histogram_bins; ++n)
    all += counts[static_cast<std::size_t>(n)], all_sum += n * counts[static_cast<std::size_t>(n)];
  double below = 0, below_sum = 0, best = -1;
  int best_bin = 0;
  for (int n = 0; n + 1 < histogram_bins; ++n) {
    below += counts[static_cast<std::size_t>(n)];
    below_sum += n * counts[static_cast<std::size_t>(n)];
    if (below <= 0 || below >= all) continue;
    const double apart = below_sum / below - (all_sum - below_sum) / (all - below);
    const double between = below * (all - below) * apart * apart;
    if (between > best) {
      best = between;
      best_bin = n;
    }
  }
  return low + width * static_cast<float>(best_bin + 1);
}

/// 99th percentile of the positive values: a scale that no single hot organ sets.
float scale_of(const Field& uptake) {
  std::vector<float> positive;
  for (const float value : uptake.voxels())
    if (value > 0) positive.push_back(value);
  return positive.empty() ? 0 : base::quantile_of(positive, 0.99);
}

Scan prepare(const image::PetVolume& pet, std::string_view which, const base::Run& run) {
  Scan scan;
  scan.look = on_patient_grid(pet, fine_mm, 0.0f, 3e38f, run);
  const float scale = scale_of(scan.look);
  if (!(scale > 0)) fail(fmt::format("the {} scan is empty", which));
  for (float& value : scan.look.voxels())
    value = std::max(lowest_log, std::log(std::max(value / scale, 1e-9f)));
  const float threshold = threshold_of(scan.look);
  image::Mask warm(scan.look.geometry());
  for (std::size_t n = 0; n < warm.voxels().size(); ++n) warm[n] = scan.look[n] > threshold ? 1 : 0;
  scan.body = image::fill_holes(image::largest_component(warm, image::Neighbourhood::faces6));
  double sum = 0, count = 0;
  for (std::size_t n = 0; n < warm.voxels().size(); ++n)
    if (scan.body[n]) sum += static_cast<double>(scan.look[n]), ++count;
  if (count * warm.geometry().voxel_volume_ml() < least_body_ml)
    fail(fmt::format("no body found in the {} scan", which));
  // Tracers differ in level and in hot organs: the outline weighs as much as all differences inside.
  const auto mean = static_cast<float>(sum / count);
  for (std::size_t n = 0; n < warm.voxels().size(); ++n)
    scan.look[n] = scan.body[n] ? 2 + std::clamp(scan.look[n] - mean, -1.5f, 1.5f) : 0;
  scan.coarse.look = halved(scan.look);
  scan.coarse.body = halved(scan.body);
  return scan;
}

}  // namespace

record::Registration register_rigid_pet(const image::PetVolume& fixed_pet, const image::PetVolume& moving_pet,
                                        const base::Run& run) {
  const auto start = std::chrono::steady_clock::now();
  const Scan fixed = prepare(fixed_pet, "fixed", run), moving = prepare(moving_pet, "moving", run);
  const auto guesses = coarse_alignments(fixed.coarse, moving.coarse, guesses_followed, run);
  if (guesses.empty()) fail("their bodies do not overlap");
  Guess best{{}, -1};
  for (const Guess& guess : guesses) {
    const Guess climbed = climb(fixed.look, fixed.body, moving.look, guess, 4, 0.5);
    if (climbed.worth > best.worth) best = climbed;
  }
  const image::Mask no_bone_fixed(fixed.body.geometry()), no_bone_moving(moving.body.geometry());
  const Overlap overlap =
      measure_overlap({fixed.look, fixed.body, no_bone_fixed}, {moving.look, moving.body, no_bone_moving},
                      best.fixed_to_moving, run);
  if (overlap.common_length_mm < least_common_mm)
    fail(fmt::format("they share {:.0f} mm of the body only", overlap.common_length_mm));
  if (best.worth < least_ncc || overlap.dice_body < least_dice_body)
    fail(fmt::format("correlation {:.2f}, body Dice {:.2f} at the best alignment", best.worth,
                     overlap.dice_body));
  record::Registration result;
  result.method = "rigid, PET to PET, body outline and log-uptake (no CT)";
  result.rigid = best.fixed_to_moving;
  result.fixed_to_moving = best.fixed_to_moving;
  result.quality.dice_body = overlap.dice_body;
  result.quality.ncc = overlap.ncc;
  result.quality.min_jacobian = 1.0;
  result.quality.folded_fraction = 0.0;
  result.error_mm = stated_error_mm;
  result.warnings.push_back(
      {"registered_by_pet",
       fmt::format("without two CTs the scans were laid on each other by their body outlines; "
                   "the error may reach {:.0f} mm",
                   stated_error_mm)});
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace netpet::registration
