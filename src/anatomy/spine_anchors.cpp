#include "anatomy/spine_anchors.h"

#include <algorithm>
#include <optional>

namespace netpet::anatomy {
namespace {

constexpr std::size_t disc_l5_s1 = 0, disc_l4_l5 = 1, disc_t9_t10 = 8, disc_t1_t2 = 16;

// The wings of the sacrum end at its upper plate, of which the promontory stands out in front.
constexpr double wing_disc_above_mm = 5, wing_sd_mm = 9;
// The line between the crests crosses L4 in about half of all patients, the disc below it in a third
// (Tuffier's line; Render, Anaesthesia 1996; Chakraverty, J Anat 2007).
constexpr double crest_disc_above_mm = -12, crest_sd_mm = 15;
// The apices of the lungs reach the neck of the first rib, at the upper half of T1 (Gray's Anatomy).
constexpr double apex_disc_above_mm = -16, apex_sd_mm = 13;
// The right dome lies between T8 and T11 in quiet breathing.
constexpr double dome_sd_mm = 28;

/// The share of bone beside a body where a sacrum has its wings and a lumbar vertebra thin processes.
double wing_share(const Scene& scene, const Landmarks& marks, int k, double to_left) {
  constexpr double near_mm = 27, far_mm = 46, before_mm = 15, behind_mm = 25;
  const SpinePoint body = marks.spine[static_cast<std::size_t>(k)];
  int bone = 0, all = 0;
  for (int j = 0; j < scene.grid.size[1]; ++j) {
    const double behind = scene.y_mm(j) - body.y;
    if (behind < -before_mm || behind > behind_mm) continue;
    for (int i = 0; i < scene.grid.size[0]; ++i) {
      const double aside = (scene.x_mm(i) - body.x) * to_left;
      if (aside >= near_mm && aside <= far_mm) bone += marks.bones({i, j, k}), ++all;
    }
  }
  return all > 0 ? double(bone) / all : 0;
}

/// The highest slice from which on the spine has wings, well below the diaphragm.
std::optional<double> top_of_wings(const Scene& scene, const Landmarks& marks) {
  constexpr double least_share = 0.4, below_dome_mm = 130, height_mm = 16;
  if (!marks.has_level) return std::nullopt;
  const int high = scene.k_at(marks.right_dome_z_mm - below_dome_mm), low = 0;
  const int needed = static_cast<int>(height_mm / scene.grid.spacing.z);
  int met = 0;
  for (int k = high; k >= low; --k) {
    const bool wings =
        std::min(wing_share(scene, marks, k, -1), wing_share(scene, marks, k, 1)) > least_share;
    met = wings ? met + 1 : 0;
    if (met == needed) return scene.z_mm(k + needed - 1);
  }
  return std::nullopt;
}

}  // namespace

std::vector<SpineAnchor> find_spine_anchors(const Scene& scene, const Landmarks& marks) {
  std::vector<SpineAnchor> anchors;
  if (const auto wings = top_of_wings(scene, marks))
    anchors.push_back({disc_l5_s1, *wings, wing_disc_above_mm, wing_sd_mm});
  if (marks.crest_z_mm) anchors.push_back({disc_l4_l5, *marks.crest_z_mm, crest_disc_above_mm, crest_sd_mm});
  if (marks.has_lungs) {
    anchors.push_back({disc_t1_t2, marks.lung_top_z_mm, apex_disc_above_mm, apex_sd_mm});
    anchors.push_back({disc_t9_t10, marks.right_dome_z_mm, 0, dome_sd_mm});
  }
  return anchors;
}

}  // namespace netpet::anatomy
