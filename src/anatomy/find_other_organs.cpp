#include <algorithm>
#include <cmath>

#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// The skull is thin on a coarse grid, and no contrast medium lies beside it.
constexpr float skull_hu = 120;

bool soft(float hu) {
  return hu > -20 && hu < 300;
}

/// The brain reaches where the skull base leaves a slice open: what takes up glucose as the found part does
/// and hangs together with it, near it, belongs to it.
void add_hot_brain(const Scene& scene, const Landmarks& marks, image::Mask& brain, const base::Run& run) {
  constexpr double reach_mm = 75, share_of_median = 0.45;
  const double level = share_of_median * quantile(scene.suv, brain, 0.5);
  const image::Mask near = image::dilate(brain, reach_mm, run);
  image::Mask hot(scene.grid);
  for (std::size_t v = 0; v < hot.voxels().size(); ++v)
    hot[v] = brain[v] || (near[v] && marks.body[v] && scene.suv[v] > level);
  // An opening keeps apart what only touches the brain: eye muscles, the gland below.
  brain = opened_from(hot, brain, 1.5 * scene.grid.spacing.x, run);
}

}  // namespace

std::optional<FoundOrgan> find_brain(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  // The skull: bone above the neck, closed slice by slice.
  image::Mask filled(scene.grid);
  const double neck_z = marks.has_lungs ? marks.lung_top_z_mm + 50 : scene.z_mm(scene.grid.size[2] - 1) - 260;
  for (std::size_t v = 0; v < filled.voxels().size(); ++v)
    filled[v] = marks.body[v] && (*scene.ct_hu)[v] > skull_hu && scene.z_mm(scene.grid.index(v).k) > neck_z;
  const image::Mask skull = image::dilate(filled, 4.1, run);
  filled = skull;
  fill_slices(filled);
  for (std::size_t v = 0; v < filled.voxels().size(); ++v)
    filled[v] = filled[v] && (*scene.ct_hu)[v] > -10 && (*scene.ct_hu)[v] < skull_hu;
  const image::Mask core =
      image::largest_component(image::erode(filled, 12, run), image::Neighbourhood::faces6);
  image::Mask brain = image::dilate(core, 16, run);
  for (std::size_t v = 0; v < brain.voxels().size(); ++v) brain[v] = brain[v] && filled[v];
  const double ml_of_ct = volume_ml(brain);
  if (ml_of_ct >= 40 && scene.role == record::Role::fdg) add_hot_brain(scene, marks, brain, run);
  const double ml = volume_ml(brain);
  if (ml < 40) return std::nullopt;  // some neck, or the scan begins at the skull base
  return FoundOrgan{record::Organ::brain, std::move(brain), 0.5 + 0.4 * volume_confidence(ml, 600, 1900)};
}

std::optional<FoundOrgan> find_heart(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  if (!marks.has_lungs) return std::nullopt;
  constexpr double heart_height_mm = 110;
  const double dome = std::min(marks.right_dome_z_mm, marks.left_dome_z_mm);
  const std::vector<double> floor = diaphragm_of(scene, marks, run);
  image::Mask between(scene.grid);
  for (int k = scene.k_at(dome - 40); k <= scene.k_at(dome + heart_height_mm); ++k)
    for (int j = 0; j < scene.grid.size[1]; ++j) {
      const SpinePoint spine = marks.spine[static_cast<std::size_t>(k)];
      if (scene.y_mm(j) > spine.y - 38) continue;
      int first = -1, last = -1;  // right lung's left edge, left lung's right edge
      for (int i = 0; i < scene.grid.size[0]; ++i) {
        if (marks.lung_right({i, j, k})) first = i;
        if (last < 0 && marks.lung_left({i, j, k})) last = i;
      }
      if (first < 0 || last < 0) continue;
      for (int i = first; i < last; ++i) {
        const std::size_t v = scene.grid.offset({i, j, k});
        const double above = scene.z_mm(k) - floor[static_cast<std::size_t>(j * scene.grid.size[0] + i)];
        between[v] = above > 0 && soft((*scene.ct_hu)[v]) && !marks.bones[v];
      }
    }
  const image::Mask core =
      image::largest_component(image::erode(between, 14, run), image::Neighbourhood::faces6);
  image::Mask heart = image::dilate(core, 26, run);
  for (std::size_t v = 0; v < heart.voxels().size(); ++v) heart[v] = heart[v] && between[v];
  const double ml = volume_ml(heart);
  if (ml < 50) return std::nullopt;
  return FoundOrgan{record::Organ::heart, std::move(heart), 0.6 * volume_confidence(ml, 300, 1100)};
}

}  // namespace netpet::anatomy
