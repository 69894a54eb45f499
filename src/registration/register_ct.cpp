#include "registration/register_ct.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "base/parallel_for.h"
#include "base/robust.h"
#include "registration/agreement.h"
#include "registration/canonical_order.h"
#include "registration/deformable.h"
#include "registration/deformation_error.h"
#include "registration/rigid.h"
#include "registration/velocity.h"

namespace netpet::registration {
namespace {

// What a deformation must keep to, else the rigid transform stands. Breath and bladder change volumes in a
// cell of 6 mm by less than these factors.
constexpr double least_jacobian = 0.1, greatest_jacobian = 8;
constexpr double most_lost = 0.005;  // of an overlap or correlation: rounding on the grid, no more

// A voxel of the working grid: noise alone bends by up to 2 mm, and the rigid transform is the better answer
// then.
constexpr double least_bend_mm = 3, bend_share = 0.98;

/// How far all but the most moved places inside the body move.
double bend_of(const space::DisplacementField& there, const image::Mask& body) {
  std::vector<double> lengths;
  const auto& grid = there.grid();
  for (std::size_t n = 0; n < there.nodes().size(); ++n) {
    const auto voxel = body.geometry().nearest(grid.to_lps(grid.index(n)));
    if (!body.geometry().contains(voxel) || !body(voxel)) continue;
    lengths.push_back(std::sqrt(static_cast<double>(dot(there.nodes()[n], there.nodes()[n]))));
  }
  return lengths.empty() ? 0 : base::quantile_of(lengths, bend_share);
}

/// Why the deformation must not stand; empty where it may.
std::string fault_of(const Agreement& before, const Agreement& after, const VolumeChange& there,
                     const VolumeChange& back) {
  if (there.folded_fraction > 0 || back.folded_fraction > 0) return "it folds the body";
  if (std::min(there.least, back.least) < least_jacobian ||
      std::max(there.greatest, back.greatest) > greatest_jacobian)
    return fmt::format("it would shrink tissue to {:.2f} or swell it to {:.1f} of its volume",
                       std::min(there.least, back.least), std::max(there.greatest, back.greatest));
  if (after.local_ncc < before.local_ncc || after.ncc < before.ncc - most_lost)
    return fmt::format("the scans look no more alike with it (local correlation {:.3f}, before {:.3f})",
                       after.local_ncc, before.local_ncc);
  if (after.dice_body < before.dice_body - most_lost || after.dice_bone < before.dice_bone - most_lost)
    return fmt::format("body or bone overlap less with it (Dice {:.3f} and {:.3f}, before {:.3f} and {:.3f})",
                       after.dice_body, after.dice_bone, before.dice_body, before.dice_bone);
  return {};
}

double typical_error(const std::vector<record::RegistrationSample>& samples) {
  std::vector<double> errors;
  errors.reserve(samples.size());
  for (const auto& sample : samples) errors.push_back(sample.residual_mm);
  return base::quantile_of(errors, 0.9);
}

double voxel_mm_of(const image::CtVolume& ct) {
  return std::cbrt(ct.geometry().voxel_volume_ml() * 1000);
}

void bend(record::Registration& result, const WorkingPair& pair, double voxel_mm, const ErrorModel& errors,
          const base::Run& run) {
  const Deformation deformation = find_deformation(pair, run);
  space::DisplacementField there = flow(deformation.velocity, 1, run),
                           back = flow(deformation.velocity, -1, run);
  const double bend_mm = bend_of(there, pair.body);
  run.detail(fmt::format("registration: 98 % of the body bends by less than {:.2f} mm", bend_mm));
  if (bend_mm < least_bend_mm) return;
  const VolumeChange change = volume_change(there, pair.body, run);
  Agreement before, after;
  base::in_parallel(run, {[&] { before = agreement_of(pair, nullptr, run); },
                          [&] { after = agreement_of(pair, &there, run); }});
  run.detail(fmt::format(
      "registration: deformed, local correlation {:.3f} (before {:.3f}), bone Dice {:.3f} ({:.3f}), "
      "volumes change by {:.2f} … {:.2f}",
      after.local_ncc, before.local_ncc, after.dice_bone, before.dice_bone, change.least, change.greatest));
  const std::string fault = fault_of(before, after, change, volume_change(back, pair.body, run));
  auto samples = deformation_errors(pair, deformation, voxel_mm, errors);
  if (!fault.empty() || samples.empty()) {
    result.warnings.push_back({"deformation_rejected",
                               "the scans were laid on each other rigidly, because the "
                               "deformation that was found cannot be trusted: " +
                                   fault});
    return;
  }
  result.method =
      "rigid by block matching, then deformable by self-similarity and local correlation, CT to CT";
  result.fixed_to_moving = space::Transform(result.rigid, std::move(there), std::move(back));
  result.samples = std::move(samples);
  result.error_mm = typical_error(result.samples);
  result.quality.dice_body = after.dice_body;
  result.quality.dice_bone = after.dice_bone;
  result.quality.ncc = after.ncc;
  result.quality.min_jacobian = change.least;
  result.quality.folded_fraction = change.folded_fraction;
}

}  // namespace

record::Registration register_ct(const image::CtVolume& fixed, const image::CtVolume& moving,
                                 const ErrorModel& errors, const base::Run& run) {
  const auto start = std::chrono::steady_clock::now();
  record::Registration result = in_canonical_order(
      fixed, moving, [&](const image::CtVolume& staying, const image::CtVolume& moved, ScanNames names) {
        record::Registration found = register_rigid_ct(staying, moved, names, run);
        bend(found, working_pair(staying, moved, found.rigid, run),
             std::max(voxel_mm_of(staying), voxel_mm_of(moved)), errors, run);
        return found;
      });
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace netpet::registration
