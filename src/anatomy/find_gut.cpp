#include <algorithm>
#include <cmath>

#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// Fat of the mesentery, and gas.
constexpr float fat_hu = -35, gas_hu = -250;
// Vertebra and crura; psoas below the kidneys; how far beside the spine the gut may lie back.
constexpr double vertebra_aside_mm = 36, vertebra_before_mm = 20, psoas_aside_mm = 62, psoas_before_mm = 16;
constexpr double psoas_below_dome_mm = 170, farthest_behind_mm = 20;
// From the dome of the diaphragm to the floor of the pelvis.
constexpr double cavity_height_mm = 410;
// Between gas and wall a smoothed CT passes through the density of fat; noise leaves gaps as wide.
constexpr double gas_rim_mm = 6, gap_mm = 4.1;
// The floor of the pelvis lies between the hips.
constexpr double pelvis_below_dome_mm = 330, pelvis_aside_mm = 62;
// Strands of fat, vessels and small nodes are thinner.
constexpr double strand_radius_mm = 4.1, least_part_ml = 8;

/// Whether bone lies between a place and the midline at its height: the muscles outside the pelvis and the
/// ribs are no gut.
image::Mask inside_of_bones(const Scene& scene, const Landmarks& marks) {
  image::Mask inside(scene.grid);
  for (int k = 0; k < scene.grid.size[2]; ++k)
    for (int j = 0; j < scene.grid.size[1]; ++j) {
      const double middle = marks.spine[static_cast<std::size_t>(k)].x;
      const int start = std::clamp(static_cast<int>((middle - scene.grid.origin.x) / scene.grid.spacing.x), 0,
                                   scene.grid.size[0] - 1);
      for (const int step : {-1, 1})
        for (int i = start; i >= 0 && i < scene.grid.size[0]; i += step) {
          const bool aside = std::abs(scene.x_mm(i) - middle) > vertebra_aside_mm;
          if (aside && marks.bones({i, j, k})) break;
          inside({i, j, k}) = 1;
        }
    }
  return inside;
}

bool is_behind(const Scene& scene, const Landmarks& marks, space::IndexIjk at) {
  const SpinePoint spine = marks.spine[static_cast<std::size_t>(at.k)];
  const double aside = std::abs(scene.x_mm(at.i) - spine.x), before = spine.y - scene.y_mm(at.j);
  if (before < -farthest_behind_mm) return true;
  if (aside < vertebra_aside_mm && before < vertebra_before_mm) return true;
  return scene.z_mm(at.k) < marks.right_dome_z_mm - psoas_below_dome_mm && aside < psoas_aside_mm &&
         before < psoas_before_mm;
}

}  // namespace

std::optional<FoundOrgan> find_gut(const Scene& scene, const Landmarks& marks,
                                   const std::vector<FoundOrgan>& neighbours, const base::Run& run) {
  if (!marks.has_level) return std::nullopt;
  double floor = marks.right_dome_z_mm - cavity_height_mm;
  for (const FoundOrgan& neighbour : neighbours)
    if (neighbour.organ == record::Organ::bladder)
      floor = std::max(floor, scene.z_mm(image::bounding_box(neighbour.mask).first[2]));
  const image::Mask& cavity = marks.cavity;
  const image::Mask inside = inside_of_bones(scene, marks);
  const std::vector<double> roof = diaphragm_of(scene, marks, run);
  image::Mask gut(scene.grid), gas(scene.grid);
  for (std::size_t v = 0; v < gas.voxels().size(); ++v)
    gas[v] = cavity[v] && (*scene.ct_hu)[v] < gas_hu && !marks.lung_left[v] && !marks.lung_right[v];
  gas = image::dilate(gas, gas_rim_mm, run);
  for (std::size_t v = 0; v < gut.voxels().size(); ++v) {
    if (!cavity[v] || !inside[v] || marks.bones[v] || marks.lung_left[v] || marks.lung_right[v]) continue;
    if ((*scene.ct_hu)[v] < fat_hu && !gas[v]) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const double top = roof[static_cast<std::size_t>(at.j * scene.grid.size[0] + at.i)], z = scene.z_mm(at.k);
    const SpinePoint spine = marks.spine[static_cast<std::size_t>(at.k)];
    if (z < marks.right_dome_z_mm - pelvis_below_dome_mm &&
        std::abs(scene.x_mm(at.i) - spine.x) > pelvis_aside_mm)
      continue;
    if (!(z < top) || z < floor || is_behind(scene, marks, at)) continue;
    gut[v] = 1;
  }
  gut = image::erode(image::dilate(gut, gap_mm, run), gap_mm, run);
  for (const FoundOrgan& neighbour : neighbours)
    for (std::size_t v = 0; v < gut.voxels().size(); ++v)
      if (neighbour.mask[v] || marks.bones[v]) gut[v] = 0;
  const image::Components parts =
      image::connected_components(image::erode(gut, strand_radius_mm, run), image::Neighbourhood::faces6);
  image::Mask core(scene.grid);
  for (std::size_t v = 0; v < core.voxels().size(); ++v)
    if (const std::uint32_t part = parts.labels[v])
      core[v] = static_cast<double>(parts.sizes[part - 1]) * scene.grid.voxel_volume_ml() > least_part_ml / 4;
  core = image::dilate(core, strand_radius_mm + scene.grid.spacing.x, run);
  for (std::size_t v = 0; v < gut.voxels().size(); ++v) gut[v] = gut[v] && core[v];
  const double ml = volume_ml(gut);
  if (ml < 100) return std::nullopt;
  return FoundOrgan{record::Organ::gut, std::move(gut), 0.6 * volume_confidence(ml, 300, 6000)};
}

}  // namespace netpet::anatomy
