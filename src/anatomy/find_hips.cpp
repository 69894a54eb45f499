#include <algorithm>
#include <cmath>
#include <vector>

#include "anatomy/landmark_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// No other bone of the pelvis is as thick off the midline: heads of the femur have radii of 21 to 27 mm, and
// the gap to the socket is not resolved. Where sacrum and ilium touch they are as thick as 16 mm together.
constexpr double least_aside_mm = 55, most_aside_mm = 130;
constexpr float least_depth_mm = 17;
// The hips of short and of tall patients lie so far below the dome of the diaphragm.
constexpr double highest_below_dome_mm = 240, lowest_below_dome_mm = 480;
// The roof of the socket is as thick as the head below it, and below its middle the head ends at once: the
// middle is the lowest place of nearly the greatest thickness.
constexpr double near_greatest = 0.85;
// Contrast medium in bowel is round and thick too, but no bone.
constexpr double core_mm = 15, least_bone_share = 0.5;
// The hips of a patient who lies straight are level.
constexpr double most_unlevel_mm = 30;

/// With the marrow of long bones: spongy, of less density than a bone's, or fatty and enclosed slice by
/// slice.
image::Mask with_marrow(const Scene& scene, const Landmarks& marks) {
  constexpr float spongy_hu = 110;
  // No pelvis is as small.
  constexpr double most_fatty_ml = 150;
  image::Mask solid = marks.bones;
  for (std::size_t v = 0; v < solid.voxels().size(); ++v)
    solid[v] = solid[v] || (marks.body[v] && (*scene.ct_hu)[v] > spongy_hu);
  image::Mask holes = solid;
  fill_slices(holes);
  for (std::size_t v = 0; v < solid.voxels().size(); ++v) holes[v] = holes[v] && !solid[v];
  const image::Components parts = image::connected_components(holes, image::Neighbourhood::faces6);
  const auto most = static_cast<std::size_t>(most_fatty_ml / solid.geometry().voxel_volume_ml());
  for (std::size_t v = 0; v < solid.voxels().size(); ++v)
    solid[v] = solid[v] || (parts.labels[v] && parts.sizes[parts.labels[v] - 1] < most);
  return solid;
}

struct Thickest {
  float depth_mm = 0;
  space::PointLps at;
};

/// The thickest bone of each slice on one side, the lowest slice first.
std::vector<Thickest> thickest_by_slice(const Scene& scene, const image::Volume<float>& depth_mm,
                                        double midline_x, double to_side) {
  std::vector<Thickest> thickest(static_cast<std::size_t>(scene.grid.size[2]));
  for (int k = 0; k < scene.grid.size[2]; ++k)
    for (int j = 0; j < scene.grid.size[1]; ++j)
      for (int i = 0; i < scene.grid.size[0]; ++i) {
        const double aside = (scene.x_mm(i) - midline_x) * to_side;
        if (aside < least_aside_mm || aside > most_aside_mm) continue;
        Thickest& here = thickest[static_cast<std::size_t>(k)];
        if (const float mm = depth_mm({i, j, k}); mm > here.depth_mm)
          here = {mm, {scene.x_mm(i), scene.y_mm(j), scene.z_mm(k)}};
      }
  return thickest;
}

/// The middle of the head among the slices from `low` to `high`; nothing where the scan ends within it.
std::optional<space::PointLps> head_of(const std::vector<Thickest>& thickest, int low, int high) {
  const auto first = thickest.begin() + low, last = thickest.begin() + high + 1;
  const auto greatest = std::max_element(
      first, last, [](const Thickest& a, const Thickest& b) { return a.depth_mm < b.depth_mm; });
  if (greatest->depth_mm < least_depth_mm) return std::nullopt;
  for (auto middle = greatest; middle != first; --middle)
    if ((middle - 1)->depth_mm < near_greatest * greatest->depth_mm) return middle->at;
  return std::nullopt;
}

bool is_bone_at(const Scene& scene, const image::Mask& bones, space::PointLps at) {
  int bone = 0, all = 0;
  for (std::size_t v = 0; v < bones.voxels().size(); ++v)
    if (space::distance(scene.grid.to_lps(scene.grid.index(v)), at) < core_mm) bone += bones[v], ++all;
  return bone >= least_bone_share * all;
}

}  // namespace

std::optional<HipJoints> find_hip_joints(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  const double midline_x = marks.midline_x_mm();
  image::Mask outside = with_marrow(scene, marks);
  for (std::uint8_t& voxel : outside.voxels()) voxel = !voxel;
  const image::Volume<float> depth_mm = image::distance_mm(outside, run);
  const int low = marks.has_level ? scene.k_at(marks.right_dome_z_mm - lowest_below_dome_mm) : 0,
            high = marks.has_level ? scene.k_at(marks.right_dome_z_mm - highest_below_dome_mm)
                                   : scene.grid.size[2] - 1;
  const auto find = [&](double to_side) {
    auto head = head_of(thickest_by_slice(scene, depth_mm, midline_x, to_side), low, high);
    return head && is_bone_at(scene, marks.bones, *head) ? head : std::nullopt;
  };
  const auto right = find(-1), left = find(1);
  const auto mirrored = [midline_x](space::PointLps at) {
    return space::PointLps{2 * midline_x - at.x, at.y, at.z};
  };
  if (!right && !left) return std::nullopt;
  if (!right) return HipJoints{mirrored(*left), *left, true};
  if (!left) return HipJoints{*right, mirrored(*right), true};
  if (std::abs(right->z - left->z) > most_unlevel_mm) return std::nullopt;
  return HipJoints{*right, *left};
}

}  // namespace netpet::anatomy
