#include <algorithm>
#include <cmath>

#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// Soft tissue under the dome, with or without contrast medium; a fatty liver reaches below water.
constexpr float least_liver_hu = -30, most_liver_hu = 200;
// How far liver voxels of a smoothed CT lie from their median: hypodense metastases below, vessels with
// contrast above.
constexpr float hu_below = 50, hu_above = 70;
// Seeds lie this far under the base of the right lung: below breathing blur, above the kidney.
constexpr double seeds_from_mm = 16, seeds_to_mm = 44;

}  // namespace

double volume_confidence(double volume_ml, double least_ml, double most_ml) {
  if (volume_ml < least_ml) return std::clamp(2 * volume_ml / least_ml - 1, 0.0, 1.0);
  if (volume_ml > most_ml) return std::clamp(2 - volume_ml / most_ml, 0.0, 1.0);
  return 1;
}

std::optional<LiverLook> look_at_liver(const Scene& scene, const Landmarks& marks) {
  if (!marks.has_lungs) return std::nullopt;
  LiverLook look;
  look.seeds = image::Mask(scene.grid);
  for (int j = 0; j < scene.grid.size[1]; ++j)
    for (int i = 0; i < scene.grid.size[0]; ++i) {
      int base = 0;
      while (base < scene.grid.size[2] && !marks.lung_right({i, j, base})) ++base;
      if (base == scene.grid.size[2] || scene.z_mm(base) < marks.right_dome_z_mm - 35) continue;
      for (int k = base - 1; k >= 0; --k) {
        const double below = scene.z_mm(base) - scene.z_mm(k);
        if (below > seeds_to_mm) break;
        const std::size_t v = scene.grid.offset({i, j, k});
        const float hu = (*scene.ct_hu)[v];
        look.seeds[v] = below > seeds_from_mm && !marks.bones[v] && hu > least_liver_hu && hu < most_liver_hu;
      }
    }
  constexpr double least_seed_ml = 20;
  if (volume_ml(look.seeds) < least_seed_ml) return std::nullopt;
  look.hu = quantile(*scene.ct_hu, look.seeds, 0.5);
  look.suv = quantile(scene.suv, look.seeds, 0.5);
  return look;
}

std::optional<FoundOrgan> find_liver(const Scene& scene, const Landmarks& marks, const LiverLook& look,
                                     const std::vector<FoundOrgan>& neighbours, const base::Run& run) {
  // The edge of the liver against fat and muscle lies about half way; on FDG blood (0.7 of the liver) lies
  // above it.
  const double least_suv = (scene.role == record::Role::sstr ? 0.55 : 0.65) * look.suv;
  const std::vector<double> diaphragm = diaphragm_of(scene, marks, run);
  image::Mask mask(scene.grid);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
    const float hu = (*scene.ct_hu)[v];
    if (!marks.body[v] || marks.bones[v] || marks.lung_right[v] || marks.lung_left[v]) continue;
    if (hu < std::max(least_liver_hu, float(look.hu) - hu_below) || hu > float(look.hu) + hu_above) continue;
    if (scene.suv[v] < least_suv) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const SpinePoint spine = marks.spine[static_cast<std::size_t>(at.k)];
    const double left = scene.x_mm(at.i) - spine.x, behind = scene.y_mm(at.j) - spine.y;
    if (left > 100 || (left > 15 && behind > -45)) continue;  // spleen, stomach, aorta
    if (std::abs(left) < 25 && behind > -30) continue;        // the spine and what lies on it
    const double roof = diaphragm[static_cast<std::size_t>(at.j * scene.grid.size[0] + at.i)];
    if (!std::isnan(roof) && scene.z_mm(at.k) > roof) continue;
    if (scene.z_mm(at.k) > marks.right_dome_z_mm + 30 || scene.z_mm(at.k) < marks.right_dome_z_mm - 280)
      continue;
    mask[v] = 1;
  }
  for (const FoundOrgan& neighbour : neighbours)
    for (std::size_t v = 0; v < mask.voxels().size(); ++v)
      if (neighbour.mask[v]) mask[v] = 0;
  image::Mask liver = opened_from(mask, look.seeds, 9, run);
  // Lesions of another density or uptake are part of the organ: close gaps, then fill.
  image::Mask closed = image::fill_holes(image::erode(image::dilate(liver, 12, run), 12, run));
  for (std::size_t v = 0; v < liver.voxels().size(); ++v) {
    const float hu = (*scene.ct_hu)[v];
    liver[v] = liver[v] || (closed[v] && !marks.bones[v] && !marks.lung_right[v] && hu > least_liver_hu);
  }
  for (const FoundOrgan& neighbour : neighbours)
    for (std::size_t v = 0; v < liver.voxels().size(); ++v)
      if (neighbour.mask[v]) liver[v] = 0;
  const double ml = volume_ml(liver);
  if (ml == 0) return std::nullopt;
  return FoundOrgan{record::Organ::liver, std::move(liver), 0.9 * volume_confidence(ml, 700, 3500)};
}

}  // namespace netpet::anatomy
