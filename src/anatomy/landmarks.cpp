#include <algorithm>
#include <cmath>

#include "anatomy/landmark_search.h"
#include "base/robust.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

constexpr float skin_hu = -300, lung_hu = -450;
constexpr double least_lung_ml = 250;
// Blood and other soft tissue take up at least this much on either tracer (SUV).
constexpr float body_suv = 0.2F;

image::Mask body_of(const Scene& scene, const base::Run& run) {
  image::Mask body(scene.grid);
  for (std::size_t v = 0; v < body.voxels().size(); ++v)
    body[v] = scene.has_ct() ? (*scene.ct_hu)[v] > skin_hu : scene.suv[v] > body_suv;
  // The table is a thin shell: an opening takes it away, one small enough to leave the chest wall of a thin
  // patient.
  constexpr double table_mm = 4.1, regrow_mm = 14;
  image::Mask core =
      image::largest_component(image::erode(body, table_mm, run), image::Neighbourhood::faces6);
  core = image::dilate(core, regrow_mm, run);
  for (std::size_t v = 0; v < body.voxels().size(); ++v) body[v] = body[v] && core[v];
  fill_slices(body);
  return body;
}

/// Air that may be lung, how thick and large a part of it must be, and whether it must go on beyond the scan.
struct Air {
  const image::Mask& mask;
  double radius_mm, least_ml, most_gas_share;
  bool leaves_scan;
};

/// The parts of the air that are lung: gas in stomach or bowel lies below -940 HU; a lung holds tissue.
image::Mask lung_core(const Scene& scene, const Air& air, const base::Run& run) {
  constexpr double least_tissue_hu = -940;
  const image::Components parts =
      image::connected_components(image::erode(air.mask, air.radius_mm, run), image::Neighbourhood::faces6);
  std::vector<double> sum(parts.sizes.size() + 1, 0), gas = sum;
  std::vector<bool> at_top(parts.sizes.size() + 1, false);
  for (std::size_t v = 0; v < air.mask.voxels().size(); ++v) {
    sum[parts.labels[v]] += (*scene.ct_hu)[v];
    gas[parts.labels[v]] += (*scene.ct_hu)[v] < least_tissue_hu;
    if (scene.grid.index(v).k == scene.grid.size[2] - 1) at_top[parts.labels[v]] = true;
  }
  image::Mask core(scene.grid);
  for (std::size_t v = 0; v < core.voxels().size(); ++v)
    if (const std::uint32_t part = parts.labels[v]) {
      const auto n = static_cast<double>(parts.sizes[part - 1]);
      core[v] = n * scene.grid.voxel_volume_ml() > air.least_ml && sum[part] / n > least_tissue_hu &&
                gas[part] / n < air.most_gas_share && (at_top[part] || !air.leaves_scan);
    }
  return core;
}

void find_lungs(const Scene& scene, Landmarks& marks, const base::Run& run) {
  image::Mask airy(scene.grid);
  for (std::size_t v = 0; v < airy.voxels().size(); ++v)
    airy[v] = marks.body[v] && (*scene.ct_hu)[v] < lung_hu;
  // Airways and bowel gas are thinner than a lung, but not than the tips of which a scan may end.
  constexpr double airway_radius_mm = 10, tip_radius_mm = 3.1, least_tip_ml = 0.5, most_gas_in_tip = 0.1;
  double radius_mm = airway_radius_mm;
  image::Mask core = lung_core(scene, {airy, radius_mm, least_lung_ml / 4, 1, false}, run);
  if (volume_ml(core) == 0) {
    radius_mm = tip_radius_mm;
    core = lung_core(scene, {airy, radius_mm, least_tip_ml, most_gas_in_tip, true}, run);
  }
  const image::Mask grown = image::dilate(core, radius_mm + 6, run);
  marks.lung_right = marks.lung_left = image::Mask(scene.grid);
  for (std::size_t v = 0; v < airy.voxels().size(); ++v) {
    if (!grown[v] || !airy[v]) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const bool right = scene.x_mm(at.i) < marks.spine[static_cast<std::size_t>(at.k)].x;
    (right ? marks.lung_right : marks.lung_left)[v] = 1;
  }
  marks.has_lungs = volume_ml(marks.lung_right) > least_lung_ml && volume_ml(marks.lung_left) > least_lung_ml;
}

/// The top of the diaphragm: where the base of the lung is highest over a patch of columns, no farther than
/// `before_mm` in front of the vertebrae (the left lung also ends above the heart).
double dome_z_mm(const Scene& scene, const Landmarks& marks, const image::Mask& lung, double before_mm) {
  std::vector<double> bases;
  for (int j = 0; j < scene.grid.size[1]; ++j)
    for (int i = 0; i < scene.grid.size[0]; ++i) {
      int depth = 0;
      for (int k = 0; k < scene.grid.size[2]; ++k)
        if (lung({i, j, k})) {
          while (k + depth < scene.grid.size[2] && lung({i, j, k + depth})) ++depth;
          // A column through lung, not one that grazes its side.
          if (depth * scene.grid.spacing.z > 60 &&
              scene.y_mm(j) > marks.spine[static_cast<std::size_t>(k)].y - before_mm)
            bases.push_back(scene.z_mm(k));
          break;
        }
    }
  return bases.empty() ? 0 : base::quantile_of(bases, 0.85);
}

/// Where the domes would be, from the iliac crests (six vertebrae lower), else from the tips of the lungs.
void estimate_domes(const Scene& scene, Landmarks& marks) {
  constexpr double dome_above_crest_mm = 210, left_lower_mm = 10;
  const double top = scene.z_mm(scene.grid.size[2] - 1);
  const bool tips = volume_ml(marks.lung_left) + volume_ml(marks.lung_right) > 0;
  if (!marks.crest_z_mm && !tips) return;
  marks.has_level = true;
  double dome = marks.crest_z_mm ? *marks.crest_z_mm + dome_above_crest_mm : top;
  if (tips) dome = std::max(dome, top);
  marks.right_dome_z_mm = dome;
  marks.left_dome_z_mm = dome - left_lower_mm;
  marks.lung_top_z_mm = HUGE_VAL;
}

}  // namespace

double Landmarks::midline_x_mm() const {
  std::vector<double> middles;
  for (const SpinePoint& point : spine) middles.push_back(point.x);
  return base::median_of(middles);
}

Landmarks find_landmarks(const Scene& scene, const base::Run& run) {
  Landmarks marks;
  marks.body = body_of(scene, run);
  marks.bones = marks.lung_right = marks.lung_left = image::Mask(scene.grid);
  if (scene.has_ct()) marks.bones = bones_of(scene, marks.body, run);
  marks.spine = spine_of(scene, marks.body, marks.bones);
  if (!scene.has_ct()) return marks;
  move_to_bodies(scene, marks.spine);
  find_lungs(scene, marks, run);
  marks.cavity = within_the_wall(scene, marks, run);
  add_thin_bones(scene, marks, run);
  if (!marks.has_lungs) {
    marks.crest_z_mm = crest_z_mm(scene, marks, HUGE_VAL);
    estimate_domes(scene, marks);
    marks.hips = find_hip_joints(scene, marks, run);
    return marks;
  }
  marks.has_level = true;
  marks.right_dome_z_mm = dome_z_mm(scene, marks, marks.lung_right, 150);
  marks.left_dome_z_mm = dome_z_mm(scene, marks, marks.lung_left, 60);
  marks.hips = find_hip_joints(scene, marks, run);
  // What is taller above the hips than any pelvis is ribs or contrast medium.
  constexpr double least_crest_below_dome_mm = 140, most_crest_above_hips_mm = 190;
  double highest_crest = marks.right_dome_z_mm - least_crest_below_dome_mm;
  if (marks.hips)
    highest_crest =
        std::min(highest_crest, std::max(marks.hips->right.z, marks.hips->left.z) + most_crest_above_hips_mm);
  marks.crest_z_mm = crest_z_mm(scene, marks, highest_crest);
  drop_dense_kidneys(scene, marks, run);
  for (int k = scene.grid.size[2] - 1; k >= 0 && marks.lung_top_z_mm == 0; --k)
    for (std::size_t v = scene.grid.offset({0, 0, k}),
                     end = v + static_cast<std::size_t>(scene.grid.size[0] * scene.grid.size[1]);
         v < end; ++v)
      if (marks.lung_right[v] || marks.lung_left[v]) {
        marks.lung_top_z_mm = scene.z_mm(k);
        break;
      }
  return marks;
}

}  // namespace netpet::anatomy
