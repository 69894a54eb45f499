#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

#include "base/robust.h"
#include "image/components.h"
#include "registration/coarse.h"
#include "registration/overlap.h"
#include "registration/rigid.h"

namespace netpet::registration {
namespace {

constexpr double fine_mm = 4;
constexpr double least_body_ml = 400;
constexpr std::size_t guesses_followed = 5;
// Two tracers agree on the outline and on coarse uptake only; a body outline of a PET is good to about a PET
// voxel and slides along the patient. Stated, not measured.
constexpr double stated_error_mm = 15;
constexpr double least_common_mm = 150;
constexpr int histogram_bins = 200;
constexpr float lowest_log = -7;  // a thousandth of the scan's typical uptake counts as nothing
// From a twentieth of the hot organs, below which a post-therapy scan is noise, to what only they exceed.
constexpr float least_seen_log = -3, greatest_seen_log = 1, stands_out_log = 0.3f;

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

/// Logarithm of uptake as a share of the scan's typical hot organ, on the fine grid.
Field log_uptake(const image::PetVolume& pet, std::string_view which, const base::Run& run) {
  Field logs = on_patient_grid(pet, fine_mm, 0.0f, 3e38f, run);
  const float scale = scale_of(logs);
  if (!(scale > 0)) fail(fmt::format("the {} scan is empty", which));
  for (float& value : logs.voxels()) value = std::max(lowest_log, std::log(std::max(value / scale, 1e-9f)));
  return logs;
}

Scan with_coarse(Scan scan) {
  scan.coarse.look = halved(scan.look);
  scan.coarse.body = halved(scan.body);
  return scan;
}

/// For two tracers: the body's outline, and what is cold or hot inside, hardly more than its sign. Empty
/// where no body stands out from the background.
std::optional<Scan> by_outline(const Field& logs) {
  const float threshold = threshold_of(logs);
  image::Mask warm(logs.geometry());
  for (std::size_t n = 0; n < warm.voxels().size(); ++n) warm[n] = logs[n] > threshold ? 1 : 0;
  Scan scan{logs, image::fill_holes(image::largest_component(warm, image::Neighbourhood::faces6)), {}};
  double sum = 0, count = 0;
  for (std::size_t n = 0; n < warm.voxels().size(); ++n)
    if (scan.body[n]) sum += static_cast<double>(logs[n]), ++count;
  if (count * warm.geometry().voxel_volume_ml() < least_body_ml) return std::nullopt;
  // Tracers differ in level and in hot organs: the outline weighs as much as all differences inside.
  const auto mean = static_cast<float>(sum / count);
  for (std::size_t n = 0; n < warm.voxels().size(); ++n)
    scan.look[n] = scan.body[n] ? 2 + std::clamp(logs[n] - mean, -1.5f, 1.5f) : 0;
  return with_coarse(std::move(scan));
}

/// For scans of one tracer whose outline is lost in noise: uptake itself, from a twentieth of the hot organs
/// on. The places that count as body are those that stand out of the noise.
std::optional<Scan> by_uptake(const Field& logs) {
  Scan scan{logs, image::Mask(logs.geometry()), {}};
  double count = 0;
  for (std::size_t n = 0; n < logs.voxels().size(); ++n) {
    scan.look[n] = std::clamp(logs[n], least_seen_log, greatest_seen_log) - least_seen_log;
    scan.body[n] = scan.look[n] > stands_out_log ? 1 : 0;
    count += scan.body[n];
  }
  if (count * logs.geometry().voxel_volume_ml() < least_body_ml) return std::nullopt;
  return with_coarse(std::move(scan));
}

/// One way to look at the scans, and what two of one patient must reach with it. Specks of noise count as
/// body in the second way: its Dice says little. Two days of a patient reach a correlation of 0.73 there,
/// scans of other patients and tracers 0.42.
struct Way {
  std::string_view name;
  std::optional<Scan> (*look)(const Field& logs);
  double least_ncc;
  double least_dice;
};
constexpr std::array<Way, 2> ways{
    {{"body outline and log-uptake", by_outline, 0.5, 0.75}, {"log-uptake", by_uptake, 0.6, 0}}};

/// The alignment of one way; `refusal` says why it must not stand.
struct Attempt {
  Guess guess;
  Overlap overlap;
  std::string refusal;
  double agreeing_starts = 0;
};

Attempt refused(std::string why) {
  Attempt attempt;
  attempt.refusal = std::move(why);
  return attempt;
}

Attempt attempt(const Way& way, const Field& fixed_logs, const Field& moving_logs, ScanNames names,
                const base::Run& run) {
  const auto fixed = way.look(fixed_logs), moving = way.look(moving_logs);
  if (!fixed || !moving)
    return refused(fmt::format("no body found in the {} scan", fixed ? names.moved : names.staying));
  const auto guesses = coarse_alignments(fixed->coarse, moving->coarse, guesses_followed, run);
  if (guesses.empty()) return refused("their bodies do not overlap");
  Attempt result;
  result.guess.worth = -1;
  std::vector<Guess> ends;
  for (const Guess& guess : guesses) {
    ends.push_back(climb(fixed->look, fixed->body, moving->look, guess, 4, 0.5));
    ends.back().share_of_starts = guess.share_of_starts;
    if (ends.back().worth > result.guess.worth) result.guess = ends.back();
  }
  for (const Guess& end : ends)
    if (are_same(end.fixed_to_moving, result.guess.fixed_to_moving, fixed->body.geometry()))
      result.agreeing_starts += end.share_of_starts;
  const image::Mask no_bone_fixed(fixed->body.geometry()), no_bone_moving(moving->body.geometry());
  result.overlap =
      measure_overlap({fixed->look, fixed->body, no_bone_fixed}, {moving->look, moving->body, no_bone_moving},
                      result.guess.fixed_to_moving, run);
  run.detail(fmt::format("registration by {}: correlation {:.3f} ({:.3f}), Dice {:.3f}, {:.0f} mm common",
                         way.name, result.guess.worth, result.overlap.ncc, result.overlap.dice_body,
                         result.overlap.common_length_mm));
  if (result.overlap.common_length_mm < least_common_mm)
    result.refusal = fmt::format("they share {:.0f} mm of the body only", result.overlap.common_length_mm);
  else if (result.guess.worth < way.least_ncc || result.overlap.dice_body < way.least_dice)
    result.refusal = fmt::format("correlation {:.2f}, Dice {:.2f} at the best alignment by {}",
                                 result.guess.worth, result.overlap.dice_body, way.name);
  return result;
}

record::Registration aligned(const image::PetVolume& fixed_pet, const image::PetVolume& moving_pet,
                             ScanNames names, const base::Run& run) {
  const auto start = std::chrono::steady_clock::now();
  const Field fixed = log_uptake(fixed_pet, names.staying, run),
              moving = log_uptake(moving_pet, names.moved, run);
  Attempt found;
  const Way* by = nullptr;
  std::string refusals;
  for (const Way& way : ways) {
    found = attempt(way, fixed, moving, names, run);
    by = &way;
    if (found.refusal.empty()) break;
    refusals += (refusals.empty() ? "" : "; ") + found.refusal;
  }
  if (!found.refusal.empty()) fail(refusals);
  const Overlap& overlap = found.overlap;
  record::Registration result;
  result.method = fmt::format("rigid, PET to PET, {} (no CT)", by->name);
  result.rigid = found.guess.fixed_to_moving;
  result.fixed_to_moving = found.guess.fixed_to_moving;
  result.quality.dice_body = overlap.dice_body;
  result.quality.ncc = overlap.ncc;
  result.quality.min_jacobian = 1.0;
  result.quality.folded_fraction = 0.0;
  result.quality.agreeing_starts = found.agreeing_starts;
  result.error_mm = stated_error_mm;
  result.warnings.push_back(
      {"registered_by_pet", fmt::format("without two CTs the scans were laid on each other by {}; "
                                        "the error may reach {:.0f} mm",
                                        by->name, stated_error_mm)});
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace

record::Registration register_rigid_pet(const image::PetVolume& fixed, const image::PetVolume& moving,
                                        const base::Run& run) {
  return in_canonical_order(
      fixed, moving, [&](const image::PetVolume& staying, const image::PetVolume& moved, ScanNames names) {
        return aligned(staying, moved, names, run);
      });
}

}  // namespace netpet::registration
