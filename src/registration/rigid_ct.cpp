#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "registration/block_match.h"
#include "registration/body.h"
#include "registration/breathing.h"
#include "registration/coarse.h"
#include "registration/local_deformation.h"
#include "registration/overlap.h"
#include "registration/rigid.h"
#include "registration/working_pair.h"

namespace netpet::registration {
namespace {

using space::Affine;

constexpr double fine_mm = 4;
constexpr float air_hu = -1000, metal_hu = 1500;
constexpr float bone_hu = 200, lung_hu = -500;
constexpr float around_hu = -100;  // fat: skin slides, so its edge must not be a structure
constexpr double least_body_ml = 400;
constexpr std::size_t guesses_followed = 3;

// Inliers lie within this distance: breathing of upper abdominal organs, 1–2 cm, is deformation and no
// inlier.
constexpr double coarse_tolerance_mm = 16, fine_tolerance_mm = 8, inlier_mm = 6;
constexpr double settled_mm = 0.05;
constexpr int most_rounds = 12;

// The floor below which two scans are not laid on each other. Measured: a patient scanned twice (simulated,
// with breathing and bending) keeps 70 % of the blocks, 80 % of matches agree, bone Dice 0.57. The hardest
// wrong pair, a real CT and its mirror image, keeps 20 %, 29 % and bone Dice 0.46; other wrong pairs at
// most 18 %.
constexpr std::size_t least_inliers = 40;
constexpr double least_inlier_share = 0.35;
constexpr double least_found_share =
    0.15;  // of the blocks that the moving scan shows; chance finds a tenth of them
constexpr double least_ncc = 0.5;
constexpr double least_dice_body = 0.6;
constexpr double least_dice_bone = 0.35;
constexpr double least_common_mm = 100;
constexpr double least_common_share = 0.2;
// Another start may end elsewhere with this share of the winner's blocks before it is told, or refused.
// Chance and a neighbouring vertebra find a quarter.
// From here on liver and lung slide along the rib cage by more than a smooth deformation follows.
constexpr double told_breathing_mm = 10;
constexpr double told_rival_share = 0.5, most_rival_share = 0.8;

/// One CT made ready for all stages.
struct Scan {
  Field hu;  ///< 4 mm, without couch
  image::Mask body, bone;
  Field structure;  ///< compressed HU inside the body, fat around: what blocks are matched in
  Field coarse_structure;
  CoarseScan coarse;
};

/// Outline, lungs and bone at like strength, for correlation over the whole body.
float look_of(float hu) {
  return hu < 100 ? 0.5f * hu : 50 + std::min(hu, 700.0f) - 100;
}

[[noreturn]] void fail(const std::string& why) {
  throw base::Error::input(
      "registration_failed",
      "the two scans could not be laid on each other: " + why +
          "; check that both are of the same patient and cover the same part of the body");
}

Scan prepare(const image::CtVolume& ct, std::string_view which, const base::Run& run) {
  Scan scan;
  scan.hu = on_patient_grid(ct, fine_mm, air_hu, metal_hu, run);
  scan.body = body_mask(scan.hu);
  const auto body_voxels =
      static_cast<double>(std::count(scan.body.voxels().begin(), scan.body.voxels().end(), 1));
  if (body_voxels * scan.hu.geometry().voxel_volume_ml() < least_body_ml)
    fail(fmt::format("no body found in the {} scan", which));
  scan.bone = image::Mask(scan.hu.geometry());
  image::Mask lung(scan.hu.geometry());
  scan.structure = Field(scan.hu.geometry(), around_hu);
  Field look(scan.hu.geometry());
  for (std::size_t n = 0; n < scan.hu.voxels().size(); ++n) {
    float& hu = scan.hu[n];
    if (!scan.body[n]) hu = air_hu;
    look[n] = look_of(hu);
    if (!scan.body[n]) continue;
    scan.bone[n] = hu > bone_hu;
    lung[n] = hu < lung_hu;
    scan.structure[n] = compressed_hu(hu);
  }
  scan.coarse_structure = halved(scan.structure);
  scan.coarse.look = halved(look);
  scan.coarse.body = halved(scan.body);
  scan.coarse.landmarks = {halved(scan.bone), halved(lung)};
  return scan;
}

std::size_t inliers_among(const std::vector<Match>& matches, const Affine& transform, double tolerance_mm) {
  return static_cast<std::size_t>(std::count_if(matches.begin(), matches.end(), [&](const Match& match) {
    return residual_mm(match, transform) <= tolerance_mm;
  }));
}

double greatest_change_mm(const Affine& a, const Affine& b, const space::Geometry& grid) {
  double greatest = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const auto p = grid.to_lps(space::IndexIjk{corner & 1 ? grid.size[0] : 0, corner & 2 ? grid.size[1] : 0,
                                               corner & 4 ? grid.size[2] : 0});
    greatest = std::max(greatest, distance(a(p), b(p)));
  }
  return greatest;
}

/// A transform with the matches that it was fitted to.
struct Fit {
  Affine fixed_to_moving;
  std::vector<Match> matches;
  std::size_t inliers = 0;
  std::size_t within_reach = 0;  ///< blocks whose place the moving scan shows
  double agreeing_starts = 0;    ///< share of the starts that end here
  double rival_share = 0;        ///< blocks of the best alignment elsewhere, by those of this one
};

/// The share of the starts that end at the first of `fits`, and by how many blocks the best of the others is
/// supported.
struct Rivalry {
  double agreeing_starts = 0;
  std::size_t inliers_elsewhere = 0;
};

Rivalry rivalry_of(const Fit& best, const std::vector<Fit>& fits, const space::Geometry& grid) {
  Rivalry rivalry;
  for (const Fit& fit : fits)
    if (are_same(fit.fixed_to_moving, best.fixed_to_moving, grid))
      rivalry.agreeing_starts += fit.agreeing_starts;
    else
      rivalry.inliers_elsewhere = std::max(rivalry.inliers_elsewhere, fit.inliers);
  return rivalry;
}

/// Blocks at 8 mm from each likely alignment; the one with most inliers.
Fit follow_best_guess(const Scan& fixed, const Scan& moving, const std::vector<Guess>& guesses,
                      const base::Run& run) {
  const auto blocks = structured_blocks(fixed.coarse_structure, fixed.coarse.body, run);
  Fit best;
  std::vector<Fit> fits;
  for (const Guess& guess : guesses) {
    Fit fit{guess.fixed_to_moving, {}};
    fit.agreeing_starts = guess.share_of_starts;
    for (const int radius : {4, 3, 3}) {
      fit.matches = match_blocks(fixed.coarse_structure, blocks, moving.coarse_structure, fit.fixed_to_moving,
                                 {radius}, run);
      if (fit.matches.size() < 3) break;
      fit.fixed_to_moving = fit_rigid_robust(fit.matches, coarse_tolerance_mm);
    }
    fit.inliers = inliers_among(fit.matches, fit.fixed_to_moving, coarse_tolerance_mm / 2);
    run.detail(fmt::format("registration: guess with correlation {:.3f}: {} of {} blocks agree at 8 mm",
                           guess.worth, fit.inliers, fit.matches.size()));
    if (fit.inliers > best.inliers) best = fit;
    fits.push_back(std::move(fit));
  }
  const Rivalry rivalry = rivalry_of(best, fits, fixed.hu.geometry());
  run.detail(fmt::format("registration: {:.0f} % of the starts end here with {} blocks, elsewhere with {}",
                         100 * rivalry.agreeing_starts, best.inliers, rivalry.inliers_elsewhere));
  best.agreeing_starts = rivalry.agreeing_starts;
  if (best.inliers > 0)
    best.rival_share = static_cast<double>(rivalry.inliers_elsewhere) / static_cast<double>(best.inliers);
  return best;
}

/// Blocks at 4 mm until the transform rests; the last round looks wide again, so that residuals show
/// deformation.
Fit refine(const Scan& fixed, const Scan& moving, Fit fit, const base::Run& run) {
  const auto blocks = structured_blocks(fixed.structure, fixed.body, run);
  const auto round = [&](int radius) {
    fit.matches = match_blocks(fixed.structure, blocks, moving.structure, fit.fixed_to_moving, {radius}, run);
    if (fit.matches.size() < 3) fail("too few places look alike in both");
    const Affine before = fit.fixed_to_moving;
    fit.fixed_to_moving = fit_rigid_robust(fit.matches, fine_tolerance_mm);
    return greatest_change_mm(before, fit.fixed_to_moving, fixed.hu.geometry());
  };
  for (int n = 0; n < most_rounds; ++n) {
    const double change = round(n == 0 ? 3 : 2);
    run.detail(fmt::format("registration: {} of {} blocks found at 4 mm, change {:.3f} mm",
                           fit.matches.size(), blocks.size(), change));
    if (change < settled_mm) break;
  }
  round(4);
  const space::Geometry& grid = moving.hu.geometry();
  fit.within_reach =
      static_cast<std::size_t>(std::count_if(blocks.begin(), blocks.end(), [&](const Block& block) {
        return grid.contains(grid.nearest(fit.fixed_to_moving(fixed.hu.geometry().to_lps(block))));
      }));
  fit.inliers = inliers_among(fit.matches, fit.fixed_to_moving, inlier_mm);
  return fit;
}

double percentile(std::vector<double> values, double share) {
  const auto at = values.begin() + std::lround(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

record::Registration judged(const Fit& fit, const Overlap& overlap) {
  record::Registration result;
  result.method = "rigid, CT to CT, block matching";
  result.rigid = fit.fixed_to_moving;
  result.fixed_to_moving = fit.fixed_to_moving;
  result.samples = local_deformation(fit.matches, fit.fixed_to_moving);
  std::vector<double> inlier_residuals;
  for (const Match& match : fit.matches) {
    const double residual = residual_mm(match, fit.fixed_to_moving);
    if (residual <= inlier_mm) inlier_residuals.push_back(residual);
  }
  const double share = static_cast<double>(fit.inliers) / static_cast<double>(fit.matches.size());
  const double found_share = static_cast<double>(fit.inliers) / static_cast<double>(fit.within_reach);
  if (fit.inliers < least_inliers || share < least_inlier_share || found_share < least_found_share)
    fail(fmt::format("{} of {} compared places look alike and agree with one rigid motion", fit.inliers,
                     fit.within_reach));
  if (overlap.common_length_mm < least_common_mm || overlap.common_share < least_common_share)
    fail(fmt::format("they share {:.0f} mm of the body only", overlap.common_length_mm));
  if (overlap.ncc < least_ncc || overlap.dice_body < least_dice_body || overlap.dice_bone < least_dice_bone)
    fail(fmt::format("correlation {:.2f}, body Dice {:.2f}, bone Dice {:.2f} at the best alignment",
                     overlap.ncc, overlap.dice_body, overlap.dice_bone));
  if (fit.rival_share > most_rival_share)
    fail(fmt::format("another alignment agrees with {:.0f} % as many places", 100 * fit.rival_share));
  if (fit.rival_share > told_rival_share)
    result.warnings.push_back(
        {"registration_ambiguous",
         fmt::format("another alignment, more than 16 mm from this one, agrees with {:.0f} % as many places; "
                     "look at the pictures of the alignment",
                     100 * fit.rival_share)});
  result.quality.dice_body = overlap.dice_body;
  result.quality.dice_bone = overlap.dice_bone;
  result.quality.ncc = overlap.ncc;
  result.quality.inlier_share = share;
  result.quality.residual_mm = percentile(inlier_residuals, 0.5);
  result.quality.min_jacobian = 1.0;
  result.quality.folded_fraction = 0.0;
  result.quality.agreeing_starts = fit.agreeing_starts;
  result.error_mm = percentile(inlier_residuals, 0.95);
  return result;
}

void tell_breathing(record::Registration& result) {
  const double offset_mm = std::abs(result.quality.breathing_offset_mm.value_or(0));
  if (offset_mm < told_breathing_mm) return;
  result.warnings.push_back(
      {"breathing_differs",
       fmt::format("the dome of the liver lies {:.0f} mm apart in the two scans: organs that slide along the "
                   "rib cage may lie further off than the stated error tells",
                   offset_mm)});
}

}  // namespace

record::Registration register_rigid_ct(const image::CtVolume& fixed, const image::CtVolume& moving,
                                       const base::Run& run) {
  return in_canonical_order(
      fixed, moving, [&](const image::CtVolume& staying, const image::CtVolume& moved, ScanNames names) {
        return register_rigid_ct(staying, moved, names, run);
      });
}

record::Registration register_rigid_ct(const image::CtVolume& fixed_ct, const image::CtVolume& moving_ct,
                                       ScanNames names, const base::Run& run) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const Scan fixed = prepare(fixed_ct, names.staying, run), moving = prepare(moving_ct, names.moved, run);
  run.detail(fmt::format("registration: grids ready after {:.2f} s", seconds()));
  const auto guesses = coarse_alignments(fixed.coarse, moving.coarse, guesses_followed, run);
  if (guesses.empty()) fail("their bodies do not overlap");
  run.detail(fmt::format("registration: {} likely alignments after {:.2f} s", guesses.size(), seconds()));
  const Fit coarse = follow_best_guess(fixed, moving, guesses, run);
  if (coarse.matches.size() < 3) fail("no place looks alike in both");
  const Fit fit = refine(fixed, moving, coarse, run);
  const Overlap overlap = measure_overlap({fixed.hu, fixed.body, fixed.bone},
                                          {moving.hu, moving.body, moving.bone}, fit.fixed_to_moving, run);
  run.detail(
      fmt::format("registration: {} of {} matches of {} blocks agree, body Dice {:.3f}, bone Dice {:.3f}, "
                  "correlation {:.3f}, "
                  "{:.0f} mm common",
                  fit.inliers, fit.matches.size(), fit.within_reach, overlap.dice_body, overlap.dice_bone,
                  overlap.ncc, overlap.common_length_mm));
  record::Registration result = judged(fit, overlap);
  result.quality.breathing_offset_mm = breathing_offset_mm(
      right_lung_base(fixed.hu, fixed.body), right_lung_base(moving.hu, moving.body), fit.fixed_to_moving);
  tell_breathing(result);
  result.seconds = seconds();
  return result;
}

}  // namespace netpet::registration
