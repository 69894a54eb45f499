#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "anatomy/organ_search.h"
#include "anatomy/skeleton.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

// A body whose marrow is too thin for bone's density is still soft tissue within this of its middle.
constexpr double body_radius_mm = 15;
constexpr float marrow_hu = 20;
// Where that disc is on average no denser, it cuts no vertebra but muscle: beyond the sacrum, in a bent neck.
constexpr double least_mean_hu = 80;
// A column whose bodies were met in nearly all slices from the lumbar spine to the apices is no other bone.
constexpr double column_confidence = 0.85, least_column_share = 0.9, lumbar_below_dome_mm = 200;

/// The slices that cut a vertebra.
std::vector<bool> slices_with_body(const Scene& scene, const Landmarks& marks) {
  std::vector<bool> with_body(marks.spine.size(), false);
  for (int k = 0; k < scene.grid.size[2]; ++k) {
    const SpinePoint middle = marks.spine[static_cast<std::size_t>(k)];
    double sum = 0;
    int all = 0;
    for (int j = 0; j < scene.grid.size[1]; ++j)
      for (int i = 0; i < scene.grid.size[0]; ++i)
        if (std::hypot(scene.x_mm(i) - middle.x, scene.y_mm(j) - middle.y) < body_radius_mm)
          sum += (*scene.ct_hu)({i, j, k}), ++all;
    with_body[static_cast<std::size_t>(k)] = sum > least_mean_hu * all;
  }
  return with_body;
}

bool is_whole_column(const Scene& scene, const Landmarks& marks, const std::vector<bool>& with_body) {
  if (!marks.has_lungs) return false;
  const int low = scene.k_at(marks.right_dome_z_mm - lumbar_below_dome_mm),
            high = scene.k_at(marks.lung_top_z_mm);
  const auto met = std::count(with_body.begin() + low, with_body.begin() + high + 1, true);
  return static_cast<double>(met) >= least_column_share * (high - low + 1);
}

/// All bone and the marrow of vertebrae that is too thin for bone's density.
image::Mask bones_with_bodies(const Scene& scene, const Landmarks& marks,
                              const std::vector<bool>& with_body) {
  image::Mask bones(scene.grid);
  for (std::size_t v = 0; v < bones.voxels().size(); ++v) {
    if (!marks.body[v]) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const SpinePoint middle = marks.spine[static_cast<std::size_t>(at.k)];
    bones[v] = marks.bones[v] ||
               (with_body[static_cast<std::size_t>(at.k)] &&
                std::hypot(scene.x_mm(at.i) - middle.x, scene.y_mm(at.j) - middle.y) < body_radius_mm &&
                (*scene.ct_hu)[v] > marrow_hu);
  }
  return bones;
}

}  // namespace

std::vector<FoundOrgan> divide_bones(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  const std::vector<bool> with_body = slices_with_body(scene, marks);
  const image::Mask bones = bones_with_bodies(scene, marks, with_body);
  const Skeleton skeleton(scene, marks, bones, run);
  std::map<Organ, FoundOrgan> regions;
  for (std::size_t v = 0; v < bones.voxels().size(); ++v) {
    if (!bones[v]) continue;
    const Organ organ = skeleton.region_at(v);
    const auto [region, is_new] = regions.try_emplace(organ);
    if (is_new) region->second = {organ, image::Mask(scene.grid), skeleton.confidence_of(organ)};
    region->second.mask[v] = 1;
  }
  const auto spine = regions.find(Organ::spine);
  if (spine != regions.end() && is_whole_column(scene, marks, with_body))
    spine->second.confidence = column_confidence;
  std::vector<FoundOrgan> found;
  found.reserve(regions.size());
  for (auto& [organ, region] : regions) found.push_back(std::move(region));
  return found;
}

}  // namespace netpet::anatomy
