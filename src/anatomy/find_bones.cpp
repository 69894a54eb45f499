#include <algorithm>
#include <cmath>

#include "anatomy/landmark_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// Seeds of cortical bone grow into trabecular bone, above what vessels and kidneys reach in the portal-venous
// phase.
constexpr float bone_seed_hu = 280, bone_hu = 180;

}  // namespace

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

// In front of the spine and deep in the trunk lies no thin bone, and deep behind it kidneys with contrast
// medium may be as dense.
void add_thin_bones(const Scene& scene, Landmarks& marks, const base::Run& run) {
  constexpr float thin_bone_hu = 150, thick_bone_hu = 180, cortex_hu = 250;
  constexpr double deep_mm = 12, behind_mm = 10;
  const image::Mask deep = image::erode(marks.cavity, deep_mm, run);
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

void drop_dense_kidneys(const Scene& scene, Landmarks& marks, const base::Run& run) {
  constexpr double least_aside_mm = 30, most_aside_mm = 90, most_behind_mm = 45, above_crest_mm = 10,
                   crest_below_dome_mm = 190, deep_mm = 12;
  constexpr float near_hard_mm = 8;
  const double low =
      marks.crest_z_mm ? *marks.crest_z_mm + above_crest_mm : marks.right_dome_z_mm - crest_below_dome_mm;
  const image::Mask deep = image::erode(marks.cavity, deep_mm, run);
  image::Mask hard(scene.grid);
  for (std::size_t v = 0; v < hard.voxels().size(); ++v)
    hard[v] = marks.bones[v] && (*scene.ct_hu)[v] > bone_seed_hu;
  const image::Volume<float> to_hard = image::distance_mm(hard, run);
  for (std::size_t v = 0; v < hard.voxels().size(); ++v) {
    if (!marks.bones[v] || !deep[v] || to_hard[v] < near_hard_mm) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const SpinePoint spine = marks.spine[static_cast<std::size_t>(at.k)];
    const double aside = std::abs(scene.x_mm(at.i) - spine.x), z = scene.z_mm(at.k);
    if (aside > least_aside_mm && aside < most_aside_mm && scene.y_mm(at.j) - spine.y < most_behind_mm &&
        z > low && z < marks.right_dome_z_mm)
      marks.bones[v] = 0;
  }
}

}  // namespace netpet::anatomy
