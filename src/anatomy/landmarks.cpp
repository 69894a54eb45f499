#include <algorithm>
#include <cmath>

#include "anatomy/scene.h"
#include "base/robust.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// CT of the body's surface, of lung, and of bone: seeds of cortical bone grow into trabecular bone, above
// what vessels and kidneys reach in the portal-venous phase.
constexpr float skin_hu = -300, lung_hu = -450, bone_seed_hu = 280, bone_hu = 180;
constexpr double least_lung_ml = 250;
// Blood and other soft tissue take up at least this much on either tracer (SUV).
constexpr float body_suv = 0.2F;
// Half the width of a vertebra with its arch.
constexpr double vertebra_half_mm = 20;

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

image::Mask bones_of(const Scene& scene, const image::Mask& body, const base::Run& run) {
  image::Mask dense(scene.grid), seeds(scene.grid);
  for (std::size_t v = 0; v < dense.voxels().size(); ++v) {
    dense[v] = body[v] && (*scene.ct_hu)[v] > bone_hu;
    seeds[v] = body[v] && (*scene.ct_hu)[v] > bone_seed_hu;
  }
  const image::Components parts = image::connected_components(dense, image::Neighbourhood::all26);
  std::vector<bool> has_seed(parts.sizes.size() + 1, false);
  for (std::size_t v = 0; v < dense.voxels().size(); ++v)
    if (seeds[v]) has_seed[parts.labels[v]] = true;
  // The skeleton holds together, but for thighs and arms that the scan cuts off; what else is apart and lies
  // deep is contrast medium in bowel, kidneys or bladder.
  image::Mask outside(scene.grid);
  for (std::size_t v = 0; v < outside.voxels().size(); ++v) outside[v] = !body[v];
  const image::Volume<float> depth = image::distance_mm(outside, run);
  std::vector<float> shallowest(parts.sizes.size() + 1, HUGE_VALF);
  const int last = scene.grid.size[2] - 1;
  for (std::size_t v = 0; v < dense.voxels().size(); ++v)
    if (const int k = scene.grid.index(v).k; k == 0 || k == last)
      shallowest[parts.labels[v]] = 0;
    else
      shallowest[parts.labels[v]] = std::min(shallowest[parts.labels[v]], depth[v]);
  const std::uint32_t skeleton = parts.largest();
  constexpr float deep_mm = 40;
  image::Mask bones(scene.grid);
  for (std::size_t v = 0; v < bones.voxels().size(); ++v) {
    const std::uint32_t part = parts.labels[v];
    bones[v] = part && has_seed[part] && (part == skeleton || shallowest[part] < deep_mm);
  }
  // Marrow of low density is enclosed by cortex: close gaps of one voxel, then fill.
  image::Mask closed = image::erode(image::dilate(bones, 6, run), 6, run);
  closed = image::fill_holes(closed);
  for (std::size_t v = 0; v < bones.voxels().size(); ++v)
    bones[v] = bones[v] || (closed[v] && (*scene.ct_hu)[v] > 30);
  return bones;
}

/// The path through the slices that keeps most bone in a window of a vertebra's size near the middle of the
/// body, by dynamic programming: one voxel sideways a slice at most.
std::vector<SpinePoint> spine_of(const Scene& scene, const image::Mask& body, const image::Mask& bones) {
  const int nx = scene.grid.size[0], ny = scene.grid.size[1], nz = scene.grid.size[2];
  const int half = static_cast<int>(std::lround(vertebra_half_mm / scene.grid.spacing.x));
  // Penalties are in units of 16 mm² of bone.
  const auto unit = static_cast<float>(scene.grid.spacing.x * scene.grid.spacing.y / 16);
  const auto plane = static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny);
  std::vector<float> best(plane, 0), next(plane),
      sums((static_cast<std::size_t>(nx) + 1) * (static_cast<std::size_t>(ny) + 1));
  std::vector<std::uint8_t> from(plane * static_cast<std::size_t>(nz));
  const auto at = [nx](int i, int j) {
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(nx) + static_cast<std::size_t>(i);
  };
  const auto sum_at = [nx, &sums](int i, int j) -> float& {
    return sums[static_cast<std::size_t>(j) * (static_cast<std::size_t>(nx) + 1) +
                static_cast<std::size_t>(i)];
  };
  double middle = nx / 2.0;
  for (int k = 0; k < nz; ++k) {
    double weight = 0, mass = 0;
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) {
        const std::size_t v = scene.grid.offset({i, j, k});
        sum_at(i + 1, j + 1) = float(bones[v]) + sum_at(i, j + 1) + sum_at(i + 1, j) - sum_at(i, j);
        weight += body[v], mass += body[v] * i;
      }
    if (weight > 0) middle = mass / weight;
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) {
        const int i0 = std::max(0, i - half), i1 = std::min(nx, i + half + 1), j0 = std::max(0, j - half),
                  j1 = std::min(ny, j + half + 1);
        const float bone = unit * (sum_at(i1, j1) - sum_at(i0, j1) - sum_at(i1, j0) + sum_at(i0, j0));
        const float off_middle = static_cast<float>(std::abs(i - middle) * scene.grid.spacing.x);
        float reach = -HUGE_VALF;
        for (int step = 0; step < 9; ++step) {
          const int pi = i + step % 3 - 1, pj = j + step / 3 - 1;
          if (pi < 0 || pj < 0 || pi >= nx || pj >= ny) continue;
          const float value = best[at(pi, pj)] - (step == 4 ? 0.F : 2.F);
          if (value > reach)
            reach = value,
            from[static_cast<std::size_t>(k) * plane + at(i, j)] = static_cast<std::uint8_t>(step);
        }
        next[at(i, j)] = reach + bone - (off_middle > 20 ? 2 * (off_middle - 20) : 0);
      }
    std::swap(best, next);
  }
  const auto end = static_cast<int>(std::max_element(best.begin(), best.end()) - best.begin());
  int i = end % nx, j = end / nx;
  std::vector<SpinePoint> spine(static_cast<std::size_t>(nz));
  for (int k = nz - 1; k >= 0; --k) {
    spine[static_cast<std::size_t>(k)] = {scene.x_mm(i), scene.y_mm(j)};
    const int step = from[static_cast<std::size_t>(k) * plane + at(i, j)];
    i += step % 3 - 1, j += step / 3 - 1;
  }
  return spine;
}

/// The path runs through whatever is densest, often the arches. The bodies lie behind the front edge of the
/// column: by half their depth, which grows from neck to loin.
void move_to_bodies(const Scene& scene, std::vector<SpinePoint>& spine) {
  // The front of a thin-boned vertebra, smoothed; below it are muscle and native vessels.
  constexpr float front_hu = 110;
  constexpr double half_column_mm = 8, search_mm = 75, body_half_mm = 16, steady_mm = 60;
  const int nz = scene.grid.size[2];
  std::vector<double> front(spine.size(), std::nan(""));
  for (int k = 0; k < nz; ++k) {
    const SpinePoint at = spine[static_cast<std::size_t>(k)];
    for (int j = 0; j < scene.grid.size[1] && std::isnan(front[static_cast<std::size_t>(k)]); ++j) {
      if (scene.y_mm(j) < at.y - search_mm || scene.y_mm(j) > at.y) continue;
      int bone = 0, all = 0;
      for (int i = 0; i < scene.grid.size[0]; ++i)
        if (std::abs(scene.x_mm(i) - at.x) <= half_column_mm)
          bone += (*scene.ct_hu)({i, j, k}) > front_hu, ++all;
      if (2 * bone > all) front[static_cast<std::size_t>(k)] = scene.y_mm(j);
    }
  }
  const int reach = static_cast<int>(steady_mm / 2 / scene.grid.spacing.z);
  for (int k = 0; k < nz; ++k) {
    std::vector<double> around;
    for (int one = std::max(0, k - reach); one <= std::min(nz - 1, k + reach); ++one)
      if (const double y = front[static_cast<std::size_t>(one)]; !std::isnan(y)) around.push_back(y);
    // Discs, and slices without bone, follow their neighbours.
    if (around.size() > 2) spine[static_cast<std::size_t>(k)].y = base::median_of(around) + body_half_mm;
  }
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

/// Ribs, sacrum and the edges of the pelvis are too thin for a smoothed CT. In front of the spine and deep in
/// the trunk lies none of them, and deep behind it kidneys with contrast medium may be as dense as thin bone.
void add_thin_bones(const Scene& scene, Landmarks& marks, const base::Run& run) {
  constexpr float thin_bone_hu = 150, thick_bone_hu = 180, cortex_hu = 250;
  constexpr double deep_mm = 12, behind_mm = 10;
  const image::Mask deep = image::erode(within_the_wall(scene, marks, run), deep_mm, run);
  image::Mask thin(scene.grid);
  for (std::size_t v = 0; v < thin.voxels().size(); ++v) {
    if (!marks.body[v] || (*scene.ct_mean)[v] <= (deep[v] ? thick_bone_hu : thin_bone_hu)) continue;
    const space::IndexIjk at = scene.grid.index(v);
    thin[v] = !deep[v] || scene.y_mm(at.j) > marks.spine[static_cast<std::size_t>(at.k)].y + behind_mm;
  }
  const image::Components parts = image::connected_components(thin, image::Neighbourhood::all26);
  std::vector<bool> joins(parts.sizes.size() + 1, false), hard = joins;
  for (std::size_t v = 0; v < thin.voxels().size(); ++v) {
    if (!parts.labels[v]) continue;
    if (marks.bones[v] || !deep[v]) joins[parts.labels[v]] = true;
    if ((*scene.ct_mean)[v] > cortex_hu) hard[parts.labels[v]] = true;
  }
  for (std::size_t v = 0; v < thin.voxels().size(); ++v)
    if (const std::uint32_t part = parts.labels[v])
      marks.bones[v] = marks.bones[v] || (joins[part] && hard[part]);
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

Landmarks find_landmarks(const Scene& scene, const base::Run& run) {
  Landmarks marks;
  marks.body = body_of(scene, run);
  marks.bones = marks.lung_right = marks.lung_left = image::Mask(scene.grid);
  if (scene.has_ct()) marks.bones = bones_of(scene, marks.body, run);
  marks.spine = spine_of(scene, marks.body, marks.bones);
  if (!scene.has_ct()) return marks;
  move_to_bodies(scene, marks.spine);
  find_lungs(scene, marks, run);
  add_thin_bones(scene, marks, run);
  if (!marks.has_lungs) {
    marks.crest_z_mm = crest_z_mm(scene, marks, HUGE_VAL);
    estimate_domes(scene, marks);
    return marks;
  }
  marks.has_level = true;
  marks.right_dome_z_mm = dome_z_mm(scene, marks, marks.lung_right, 150);
  marks.left_dome_z_mm = dome_z_mm(scene, marks, marks.lung_left, 60);
  constexpr double least_crest_below_dome_mm = 140;
  marks.crest_z_mm = crest_z_mm(scene, marks, marks.right_dome_z_mm - least_crest_below_dome_mm);
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
