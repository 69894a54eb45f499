#include <algorithm>
#include <cmath>
#include <vector>

#include "anatomy/organ_search.h"
#include "anatomy/segment.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// From the dome of the diaphragm: where urine is looked for, and how high a full bladder reaches.
constexpr double lowest_mm = 490, highest_seed_mm = 330, highest_mm = 270;
// Beside the midline and behind the middle of the lumbar vertebrae.
constexpr double seed_aside_mm = 60, aside_mm = 80, behind_mm = 30;
// Urine stands out from blood and muscle even where it is dilute.
constexpr double least_to_liver = 0.7, least_suv = 2.5;
// Its edge lies where the uptake has fallen to this share of the inside.
constexpr double edge_share = 0.4, inside_mm = 12, inside_quantile = 0.8;
// As many hot places (nodes, loops of bowel, a tumour) are tried before none is the bladder.
constexpr int tries = 6;

/// Soft tissue of the pelvis within `aside_mm` of the middle of the lumbar vertebrae; below the sacrum no
/// vertebra tells where it is.
image::Mask zone_of(const Scene& scene, const Landmarks& marks, const SpinePoint& lumbar, double low_z_mm,
                    double high_z_mm, double aside) {
  image::Mask zone(scene.grid);
  for (int k = scene.k_at(low_z_mm); k <= scene.k_at(high_z_mm); ++k)
    for (int j = 0; j < scene.grid.size[1]; ++j)
      for (int i = 0; i < scene.grid.size[0]; ++i) {
        const std::size_t v = scene.grid.offset({i, j, k});
        zone[v] = marks.body[v] && !marks.bones[v] && std::abs(scene.x_mm(i) - lumbar.x) <= aside &&
                  (!scene.has_ct() || scene.y_mm(j) <= lumbar.y + behind_mm);
      }
  return zone;
}

std::size_t hottest_of(const Scene& scene, const image::Mask& mask) {
  std::size_t hottest = mask.voxels().size();
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    if (mask[v] && (hottest == mask.voxels().size() || scene.suv[v] > scene.suv[hottest])) hottest = v;
  return hottest;
}

image::Mask grown_from(const Scene& scene, std::size_t seed, const image::Mask& zone, const base::Run& run) {
  const image::Mask around = image::dilate(image::mask_of(scene.grid, {seed}), inside_mm, run);
  const double level = edge_share * quantile(scene.suv, around, inside_quantile);
  image::Mask hot(scene.grid);
  for (std::size_t v = 0; v < hot.voxels().size(); ++v) hot[v] = zone[v] && scene.suv[v] > level;
  hot[seed] = 1;
  return image::fill_holes(
      image::mask_of(scene.grid, image::component_at(hot, seed, image::Neighbourhood::faces6)));
}

/// By its volume, and by how near the midline it lies.
double confidence_of(const Scene& scene, const image::Mask& bladder, const SpinePoint& lumbar) {
  double sum = 0, n = 0;
  for (std::size_t v = 0; v < bladder.voxels().size(); ++v)
    if (bladder[v]) sum += scene.x_mm(scene.grid.index(v).i) - lumbar.x, ++n;
  if (n == 0) return 0;
  constexpr double most = 0.8, least_ml = 30, most_ml = 900, half_aside_mm = 30;
  const double by_place = std::clamp(1.5 - std::abs(sum / n) / half_aside_mm, 0.0, 1.0);
  return most * volume_confidence(volume_ml(bladder), least_ml, most_ml) * by_place;
}

}  // namespace

std::optional<FoundOrgan> find_bladder(const Scene& scene, const Landmarks& marks, double liver_suv,
                                       double dome_z_mm, const base::Run& run) {
  const double low_z = dome_z_mm - lowest_mm;
  if (scene.k_at(dome_z_mm - highest_seed_mm) <= scene.k_at(low_z)) return std::nullopt;
  constexpr double lumbar_below_dome_mm = 220;
  const SpinePoint lumbar =
      marks.spine[static_cast<std::size_t>(scene.k_at(dome_z_mm - lumbar_below_dome_mm))];
  const image::Mask zone = zone_of(scene, marks, lumbar, low_z, dome_z_mm - highest_mm, aside_mm);
  image::Mask seeds = zone_of(scene, marks, lumbar, low_z, dome_z_mm - highest_seed_mm, seed_aside_mm);
  std::optional<FoundOrgan> best;
  for (int round = 0; round < tries; ++round) {
    const std::size_t seed = hottest_of(scene, seeds);
    if (seed == seeds.voxels().size() || scene.suv[seed] < std::max(least_suv, least_to_liver * liver_suv))
      break;
    image::Mask bladder = grown_from(scene, seed, zone, run);
    for (std::size_t v = 0; v < seeds.voxels().size(); ++v) seeds[v] = seeds[v] && !bladder[v];
    const double confidence = confidence_of(scene, bladder, lumbar);
    // Of several the hottest that fits: bowel is larger, but fainter.
    if (confidence > (best ? best->confidence : 0))
      best = FoundOrgan{record::Organ::bladder, std::move(bladder), confidence};
    if (best && best->confidence >= least_organ_confidence) break;
  }
  return best;
}

}  // namespace netpet::anatomy
