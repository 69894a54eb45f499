#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

#include "anatomy/reference_sites.h"
#include "base/robust.h"

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
// A cut with a smaller share of the usual number of voxels has lost a part of the vessel.
constexpr double least_share_of_usual = 0.4;
// What differs from the level by no more than this share is as good as any.
constexpr double like_level = 0.01;
// Of the cuts across the aorta, from either end of their range of uptake.
constexpr double share_left_out = 0.1;
// A voxel on the rim must not fall in or out by rounding.
constexpr double rounding_mm = 1e-6;

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

struct Part {
  Heights heights, level_from;
  double most_off_level;  ///< as a share; what differs more from the level is sought in the next part
  const char* note;
};

/// A cylinder along the aorta, or one cut across it.
struct Cylinder {
  image::Region block_voxels;
  double sum = 0;

  double mean() const { return sum / static_cast<double>(block_voxels.size()); }
  void add(const Cylinder& other) {
    block_voxels.insert(block_voxels.end(), other.block_voxels.begin(), other.block_voxels.end());
    sum += other.sum;
  }
};

/// The clean middle of a slab, as wide as the rule's cylinder.
Cylinder core_of(const image::PetVolume& suv, const OrganBlock& aorta, const Slab& slab,
                 const BloodPoolRule& rule) {
  Cylinder core;
  for (const AortaVoxel& voxel : slab.voxels) {
    if (std::hypot(voxel.at.x - slab.centre.x, voxel.at.y - slab.centre.y) >
        rule.cylinder_diameter_mm / 2 + rounding_mm)
      continue;
    if (aorta.depth_mm[voxel.offset] <= rule.erosion_mm ||
        aorta.candidate_mm[voxel.offset] <= rule.candidate_margin_mm)
      continue;
    core.block_voxels.push_back(voxel.offset);
    core.sum += suv[aorta.offset_in_whole(voxel.offset)];
  }
  return core;
}

double usual_voxels(const std::vector<Slab>& slabs) {
  std::vector<double> counts;
  counts.reserve(slabs.size());
  for (const Slab& slab : slabs) counts.push_back(static_cast<double>(slab.voxels.size()));
  return base::median_of(counts);
}

/// The mean of values without those that differ most: there something beside the aorta spills in.
double mean_of_most(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto left_out = static_cast<std::ptrdiff_t>(share_left_out * static_cast<double>(values.size()));
  const auto first = values.begin() + left_out, last = values.end() - left_out;
  return std::accumulate(first, last, 0.0) / static_cast<double>(last - first);
}

struct Core {
  double z_mm;
  Cylinder of;
};

/// The cores of the slabs that hold the whole vessel: where its label is cut short its middle is another one.
std::vector<Core> cores_of(const image::PetVolume& suv, const OrganBlock& aorta,
                           const std::vector<Slab>& slabs, const BloodPoolRule& rule) {
  const double usual = usual_voxels(slabs);
  std::vector<Core> cores;
  for (const Slab& slab : slabs)
    if (static_cast<double>(slab.voxels.size()) >= least_share_of_usual * usual)
      cores.push_back({slab.centre.z, core_of(suv, aorta, slab, rule)});
  return cores;
}

/// Of the cylinders of nearly full size whose whole length lies between `part.heights` the one whose mean
/// lies nearest to that of all the aorta between `part.level_from`: 1.6 mL alone have a standard error of 5 %
/// and more on a noisy scan, six times as much has less than half of it.
std::optional<Cylinder> usual_cylinder(const std::vector<Core>& cores, const Part& part,
                                       double voxel_volume_ml, const BloodPoolRule& rule) {
  const double half = rule.cylinder_length_mm / 2;
  std::vector<Cylinder> all;
  std::size_t fullest = 0;
  for (const Core& middle : cores) {
    if (middle.z_mm - half < part.heights.low_mm || middle.z_mm + half > part.heights.high_mm) continue;
    Cylinder& cylinder = all.emplace_back();
    for (const Core& core : cores)
      if (std::abs(core.z_mm - middle.z_mm) <= half + rounding_mm) cylinder.add(core.of);
    fullest = std::max(fullest, cylinder.block_voxels.size());
  }
  const double least = std::max(rule.least_ml / voxel_volume_ml, double(least_voxels));
  std::erase_if(all, [&](const Cylinder& cylinder) {
    const auto count = static_cast<double>(cylinder.block_voxels.size());
    return count < least || count < 0.8 * static_cast<double>(fullest);
  });
  if (all.empty()) return std::nullopt;
  std::vector<double> means;
  for (const Core& core : cores)
    if (core.z_mm >= part.level_from.low_mm && core.z_mm <= part.level_from.high_mm &&
        !core.of.block_voxels.empty())
      means.push_back(core.of.mean());
  const double level = mean_of_most(std::move(means));
  Cylinder& nearest =
      *std::min_element(all.begin(), all.end(), [level](const Cylinder& a, const Cylinder& b) {
        return std::abs(a.mean() - level) < std::abs(b.mean() - level);
      });
  if (std::abs(nearest.mean() - level) > part.most_off_level * level) return std::nullopt;
  return std::move(nearest);
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

  const Heights thorax{std::max(dome, lower_end), upper_end},
      above_hiatus{std::max(dome - hiatus_below_dome_mm, lower_end), upper_end},
      below_arch{lower_end, upper_end},
      everywhere{lower_end - rule.cylinder_length_mm, slabs.back().centre.z + rule.cylinder_length_mm};
  const Part parts[] = {
      {thorax, above_hiatus, like_level, ""},
      {above_hiatus, above_hiatus, HUGE_VAL, ""},
      {below_arch, below_arch, HUGE_VAL, "measured in the abdominal aorta: no clean thoracic part"},
      {everywhere, everywhere, HUGE_VAL, "measured in the only part of the aorta that is clean"}};
  const std::vector<Core> cores = cores_of(suv, aorta, slabs, rule);
  for (const Part& part : parts)
    if (auto cylinder = usual_cylinder(cores, part, aorta.grid.voxel_volume_ml(), rule))
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
