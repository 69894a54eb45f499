#include <cmath>

#include "anatomy/organ_search.h"

namespace netpet::anatomy {

std::optional<FoundOrgan> find_oesophagus(const Scene& scene, const Landmarks& marks,
                                          const std::vector<FoundOrgan>& neighbours, const base::Run& run) {
  if (!marks.has_lungs) return std::nullopt;
  // From the middle of the vertebral body; towards the hiatus it bends to the left.
  constexpr double right_mm = 16, left_mm = 20, hiatus_left_mm = 34, least_before_mm = 14,
                   most_before_mm = 54;
  constexpr double below_dome_mm = 30, hiatus_height_mm = 60;
  // In the neck it lies close between spine and windpipe, up to the cricoid cartilage: C6, the apices at T1.
  constexpr double neck_aside_mm = 14, neck_before_mm = 36, above_apex_mm = 35;
  constexpr float least_hu = -40, most_hu = 120;
  const double low = marks.left_dome_z_mm - below_dome_mm;
  image::Mask corridor(scene.grid);
  for (int k = scene.k_at(low); k <= scene.k_at(marks.lung_top_z_mm + above_apex_mm); ++k) {
    const SpinePoint spine = marks.spine[static_cast<std::size_t>(k)];
    const bool in_neck = scene.z_mm(k) > marks.lung_top_z_mm,
               at_hiatus = scene.z_mm(k) < low + hiatus_height_mm;
    const double farthest_right = in_neck ? neck_aside_mm : right_mm,
                 farthest_left = in_neck     ? neck_aside_mm
                                 : at_hiatus ? hiatus_left_mm
                                             : left_mm,
                 foremost = in_neck ? neck_before_mm : most_before_mm;
    for (int j = 0; j < scene.grid.size[1]; ++j)
      for (int i = 0; i < scene.grid.size[0]; ++i) {
        const double left = scene.x_mm(i) - spine.x, before = spine.y - scene.y_mm(j);
        const std::size_t v = scene.grid.offset({i, j, k});
        const float hu = (*scene.ct_hu)[v];
        corridor[v] = left > -farthest_right && left < farthest_left && before > least_before_mm &&
                      before < foremost && hu > least_hu && hu < most_hu && !marks.bones[v] &&
                      !marks.lung_left[v] && !marks.lung_right[v];
      }
  }
  for (const FoundOrgan& neighbour : neighbours)
    for (std::size_t v = 0; v < corridor.voxels().size(); ++v)
      if (neighbour.mask[v]) corridor[v] = 0;
  run.throw_if_stopped();
  const double ml = volume_ml(corridor);
  return FoundOrgan{record::Organ::oesophagus, std::move(corridor), 0.5 * volume_confidence(ml, 15, 250)};
}

}  // namespace netpet::anatomy
