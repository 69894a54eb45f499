#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "anatomy/reference_sites.h"

namespace netpet::anatomy {
namespace {

// A cut across the aorta that is longer than this from front to back goes through the arch: ascending, arch
// and descending part lie 60 to 100 mm apart, an aneurysm of the descending part is rarely wider.
constexpr double arch_extent_mm = 45;
// The arch and the ascending part take the upper end of the label; a wide cut below them is an aneurysm or a
// bend.
constexpr double arch_height_mm = 90;
// How far to stay below the arch, and below the upper end of a label that has no arch.
constexpr double below_arch_mm = 10, below_upper_end_mm = 20;
// The descending aorta passes the diaphragm at T12, below the right dome of the liver.
constexpr double hiatus_below_dome_mm = 50;
// Without a liver to end it, the thoracic part is this long below the arch.
constexpr double thoracic_length_mm = 120;
// The deepest voxels count as the core where the vessel is too thin for the erosion.
constexpr double core_share_of_depth = 0.6;
constexpr std::size_t least_voxels = 5;

struct AortaVoxel {
  std::size_t offset;  ///< in the block
  space::PointLps at;
};

/// The aorta between two heights.
struct Slab {
  std::vector<AortaVoxel> voxels;  ///< of the rearmost piece: the descending aorta
  space::PointLps centre;
  double extent_mm = 0;  ///< of that piece, front to back
};

/// The spacing of a grid along an axis of the patient: the widest step of an index axis that mostly follows
/// it.
double step_along(const space::Geometry& grid, int lps_axis) {
  double step = 0;
  for (int axis = 0; axis < 3; ++axis)
    step = std::max(step, std::abs(grid.direction(lps_axis, axis)) * grid.spacing[axis]);
  return step;
}

/// Cuts the aorta into slabs from its lower end to its upper one and keeps the rearmost piece of each: pieces
/// are apart where a front-to-back gap of more than one voxel lies between them.
std::vector<Slab> slabs_of(const OrganBlock& aorta) {
  const double height = step_along(aorta.grid, 2), gap = 1.5 * step_along(aorta.grid, 1);
  double low = HUGE_VAL, high = -HUGE_VAL;
  std::vector<AortaVoxel> voxels;
  for (std::size_t v = 0; v < aorta.organ.voxels().size(); ++v)
    if (aorta.organ[v]) {
      voxels.push_back({v, aorta.grid.to_lps(aorta.grid.index(v))});
      low = std::min(low, voxels.back().at.z);
      high = std::max(high, voxels.back().at.z);
    }
  std::vector<Slab> slabs(static_cast<std::size_t>(std::floor((high - low) / height + 0.5)) + 1);
  for (const AortaVoxel& voxel : voxels)
    slabs[static_cast<std::size_t>(std::floor((voxel.at.z - low) / height + 0.5))].voxels.push_back(voxel);
  for (Slab& slab : slabs) {
    if (slab.voxels.empty()) continue;
    std::stable_sort(slab.voxels.begin(), slab.voxels.end(),
                     [](const AortaVoxel& a, const AortaVoxel& b) { return a.at.y > b.at.y; });
    std::size_t count = 1;
    while (count < slab.voxels.size() && slab.voxels[count - 1].at.y - slab.voxels[count].at.y <= gap)
      ++count;
    slab.voxels.resize(count);
    slab.extent_mm = slab.voxels.front().at.y - slab.voxels.back().at.y;
    space::Vec3 sum;
    for (const AortaVoxel& voxel : slab.voxels) sum = sum + space::Vec3{voxel.at.x, voxel.at.y, voxel.at.z};
    const double n = static_cast<double>(count);
    slab.centre = {sum.x / n, sum.y / n, sum.z / n};
  }
  std::erase_if(slabs, [](const Slab& slab) { return slab.voxels.empty(); });
  return slabs;
}

/// Heights between which to look.
struct Heights {
  double low_mm, high_mm;
};

struct Cylinder {
  image::Region block_voxels;
  double mean = 0;
};

Cylinder cylinder_at(const image::PetVolume& suv, const OrganBlock& aorta, const std::vector<Slab>& slabs,
                     double z, double depth_mm, const BloodPoolRule& rule) {
  Cylinder cylinder;
  // A voxel on the rim must not fall in or out by rounding.
  constexpr double rounding_mm = 1e-6;
  double sum = 0;
  for (const Slab& slab : slabs)
    for (const AortaVoxel& voxel : slab.voxels) {
      if (std::abs(voxel.at.z - z) > rule.cylinder_length_mm / 2 + rounding_mm) continue;
      if (std::hypot(voxel.at.x - slab.centre.x, voxel.at.y - slab.centre.y) >
          rule.cylinder_diameter_mm / 2 + rounding_mm)
        continue;
      if (aorta.depth_mm[voxel.offset] <= depth_mm ||
          aorta.candidate_mm[voxel.offset] <= rule.candidate_margin_mm)
        continue;
      cylinder.block_voxels.push_back(voxel.offset);
      sum += suv[aorta.offset_in_whole(voxel.offset)];
    }
  if (!cylinder.block_voxels.empty()) cylinder.mean = sum / static_cast<double>(cylinder.block_voxels.size());
  return cylinder;
}

/// The cylinder of lowest variation among those of nearly full size whose whole length lies between
/// `heights`.
std::optional<Cylinder> middle_cylinder(const image::PetVolume& suv, const OrganBlock& aorta,
                                        const std::vector<Slab>& slabs, Heights heights, double depth_mm,
                                        const BloodPoolRule& rule) {
  std::vector<Cylinder> all;
  std::size_t fullest = 0;
  for (const Slab& slab : slabs) {
    if (slab.centre.z - rule.cylinder_length_mm / 2 < heights.low_mm ||
        slab.centre.z + rule.cylinder_length_mm / 2 > heights.high_mm)
      continue;
    all.push_back(cylinder_at(suv, aorta, slabs, slab.centre.z, depth_mm, rule));
    fullest = std::max(fullest, all.back().block_voxels.size());
  }
  const double least = std::max(rule.least_ml / aorta.grid.voxel_volume_ml(), double(least_voxels));
  std::erase_if(all, [&](const Cylinder& cylinder) {
    const auto count = static_cast<double>(cylinder.block_voxels.size());
    return count < least || count < 0.8 * static_cast<double>(fullest);
  });
  if (all.empty()) return std::nullopt;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::stable_sort(all.begin(), all.end(),
                   [](const Cylinder& a, const Cylinder& b) { return a.mean < b.mean; });
  return std::move(*middle);
}

image::Region in_whole(const OrganBlock& aorta, image::Region block_voxels) {
  for (std::size_t& v : block_voxels) v = aorta.offset_in_whole(v);
  std::sort(block_voxels.begin(), block_voxels.end());
  return block_voxels;
}

}  // namespace

ReferenceSite aorta_site(const image::PetVolume& suv, const OrganBlock& aorta,
                         std::optional<double> liver_top_z_mm, const BloodPoolRule& rule) {
  if (aorta.organ_voxels == 0) return {{}, "", "no aorta is labelled"};
  const std::vector<Slab> slabs = slabs_of(aorta);

  // The descending part begins below the lowest cut through the arch.
  double upper_end = slabs.back().centre.z - below_upper_end_mm;
  for (const Slab& slab : slabs)
    if (slab.extent_mm > arch_extent_mm && slab.centre.z > slabs.back().centre.z - arch_height_mm) {
      upper_end = slab.centre.z - below_arch_mm;
      break;
    }
  const double lower_end = slabs.front().centre.z;
  const double dome = liver_top_z_mm.value_or(upper_end - thoracic_length_mm);

  struct Part {
    Heights heights;
    const char* note;
  };
  const Part parts[] = {
      {{std::max(dome, lower_end), upper_end}, ""},
      {{std::max(dome - hiatus_below_dome_mm, lower_end), upper_end}, ""},
      {{lower_end, upper_end}, "measured in the abdominal aorta: no clean thoracic part"},
      {{lower_end - rule.cylinder_length_mm, slabs.back().centre.z + rule.cylinder_length_mm},
       "measured in the only part of the aorta that is clean"}};
  for (const Part& part : parts)
    if (auto cylinder = middle_cylinder(suv, aorta, slabs, part.heights, rule.erosion_mm, rule))
      return {in_whole(aorta, std::move(cylinder->block_voxels)), part.note, ""};

  // A thin aorta: the deepest voxels that are clear of candidates, wherever they are in the descending part.
  float deepest = 0;
  for (const Slab& slab : slabs)
    for (const AortaVoxel& voxel : slab.voxels)
      if (slab.centre.z <= upper_end && aorta.candidate_mm[voxel.offset] > rule.candidate_margin_mm)
        deepest = std::max(deepest, aorta.depth_mm[voxel.offset]);
  image::Region core;
  for (const Slab& slab : slabs)
    for (const AortaVoxel& voxel : slab.voxels)
      if (slab.centre.z <= upper_end && aorta.candidate_mm[voxel.offset] > rule.candidate_margin_mm &&
          double(aorta.depth_mm[voxel.offset]) > core_share_of_depth * double(deepest))
        core.push_back(voxel.offset);
  if (core.size() < least_voxels ||
      static_cast<double>(core.size()) * aorta.grid.voxel_volume_ml() < rule.least_ml)
    return {{}, "", "the aorta has no clean core of enough voxels"};
  return {in_whole(aorta, std::move(core)), "thin aorta: measured in its core, partial volume is possible",
          ""};
}

}  // namespace netpet::anatomy
