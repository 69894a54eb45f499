#include <algorithm>
#include <cmath>

#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// Muscle with some fat between its fibres, with or without contrast medium.
constexpr float least_hu = 10, most_hu = 110;
// Above and below the heads of the femurs; beside the cleft and no farther out than the trochanter.
constexpr double above_mm = 80, below_mm = 20, cleft_mm = 30, beyond_joint_mm = 45;
// Behind the middle of the joint; thicker than skin; no deeper than the muscles under it begin.
constexpr double behind_mm = 10, skin_mm = 8, depth_mm = 45;
constexpr double strand_radius_mm = 7;
constexpr double least_ml = 100, most_ml = 1400, most_confidence = 0.7;

/// The first muscle that is met from behind, in each column of the buttock: gluteus maximus, or medius where
/// fat has taken the place of the former.
image::Mask outermost_muscle(const Scene& scene, const Landmarks& marks, space::PointLps joint,
                             double midline_x_mm) {
  const auto is_muscle = [&](std::size_t v) {
    return marks.body[v] && !marks.bones[v] && (*scene.ct_clear)[v] > least_hu &&
           (*scene.ct_clear)[v] < most_hu;
  };
  const double side = joint.x < midline_x_mm ? -1 : 1,
               farthest = std::abs(joint.x - midline_x_mm) + beyond_joint_mm;
  const int skin = static_cast<int>(std::lround(skin_mm / scene.grid.spacing.y)),
            depth = static_cast<int>(std::lround(depth_mm / scene.grid.spacing.y));
  image::Mask muscle(scene.grid);
  for (int k = scene.k_at(joint.z - below_mm); k <= scene.k_at(joint.z + above_mm); ++k)
    for (int i = 0; i < scene.grid.size[0]; ++i) {
      const double aside = side * (scene.x_mm(i) - midline_x_mm);
      if (aside < cleft_mm || aside > farthest) continue;
      int thickness = 0;
      for (int j = scene.grid.size[1] - 1; j >= 0 && scene.y_mm(j) > joint.y + behind_mm; --j) {
        const std::size_t v = scene.grid.offset({i, j, k});
        if (marks.bones[v]) break;
        if (!is_muscle(v)) {
          if (thickness > skin) break;
          thickness = 0;
          continue;
        }
        if (++thickness > depth) break;
        muscle[v] = 1;
      }
    }
  return muscle;
}

}  // namespace

std::optional<FoundOrgan> find_muscle(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  if (!marks.hips) return std::nullopt;
  const double midline_x_mm = (marks.hips->right.x + marks.hips->left.x) / 2;
  image::Mask both(scene.grid);
  for (const space::PointLps joint : {marks.hips->right, marks.hips->left}) {
    const image::Mask muscle = outermost_muscle(scene, marks, joint, midline_x_mm);
    const image::Mask core =
        image::largest_component(image::erode(muscle, strand_radius_mm, run), image::Neighbourhood::faces6);
    const image::Mask whole = image::dilate(core, strand_radius_mm + scene.grid.spacing.x, run);
    for (std::size_t v = 0; v < both.voxels().size(); ++v) both[v] = both[v] || (whole[v] && muscle[v]);
  }
  const double confidence = most_confidence * volume_confidence(volume_ml(both), least_ml, most_ml);
  if (confidence == 0) return std::nullopt;
  return FoundOrgan{record::Organ::muscle, std::move(both), confidence};
}

}  // namespace netpet::anatomy
