#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "lesions/site.h"
#include "record/organ.h"

namespace netpet::lesions {
namespace {

using record::id_of;
using record::Organ;

constexpr double kFar = std::numeric_limits<double>::infinity();

/// Where an organ lies, by its mean x and its ends along z.
struct Extent {
  double sum_x = 0, low_z = kFar, high_z = -kFar;
  std::size_t count = 0;

  double x() const { return sum_x / static_cast<double>(count); }
};

bool is_spine(std::uint16_t organ) {
  return (organ >= id_of(Organ::sacrum) && organ <= id_of(Organ::vertebra_c1)) ||
         organ == id_of(Organ::spine);
}

}  // namespace

SiteLandmarks site_landmarks(const image::LabelMap& organs) {
  std::map<std::uint16_t, Extent> seen;
  Extent spine;
  const space::Geometry& grid = organs.geometry();
  const auto add = [](Extent& extent, space::PointLps at) {
    extent.sum_x += at.x, ++extent.count;
    extent.low_z = std::min(extent.low_z, at.z), extent.high_z = std::max(extent.high_z, at.z);
  };
  for (std::size_t voxel = 0; voxel < organs.voxels().size(); ++voxel) {
    const std::uint16_t organ = organs[voxel];
    if (organ == 0) continue;
    const bool spinal = is_spine(organ);
    if (!spinal && organ != id_of(Organ::liver) && organ != id_of(Organ::inferior_vena_cava) &&
        organ != id_of(Organ::gallbladder) && organ != id_of(Organ::bladder) &&
        organ != id_of(Organ::kidney_left) && organ != id_of(Organ::kidney_right) && !record::is_lung(organ))
      continue;
    const space::PointLps at = grid.to_lps(grid.index(voxel));
    add(spinal ? spine : seen[record::is_lung(organ) ? id_of(Organ::lung_left) : organ], at);
  }
  const auto of = [&seen](Organ organ) -> const Extent* {
    const auto found = seen.find(id_of(organ));
    return found == seen.end() ? nullptr : &found->second;
  };
  SiteLandmarks marks;
  if (spine.count > 0) marks.midline_x = spine.x();
  if (const Extent* lungs = of(Organ::lung_left))
    marks.lung_top_z = lungs->high_z, marks.lung_low_z = lungs->low_z;
  for (const Organ side : {Organ::kidney_left, Organ::kidney_right})
    if (const Extent* kidney = of(side))
      marks.kidney_low_z = std::min(marks.kidney_low_z.value_or(kFar), kidney->low_z);
  if (const Extent* bladder = of(Organ::bladder)) marks.bladder_high_z = bladder->high_z;
  if (const Extent* liver = of(Organ::liver)) marks.liver_middle_z = (liver->low_z + liver->high_z) / 2;
  // Cantlie's line runs from the gallbladder to the inferior vena cava; where the map lacks both, they lie
  // some 5 and 2 cm right of the spine.
  const Extent *cava = of(Organ::inferior_vena_cava), *gallbladder = of(Organ::gallbladder);
  marks.lobes_border_mm = 10;
  if (cava && gallbladder)
    marks.lobes_divide_x = (cava->x() + gallbladder->x()) / 2;
  else if (cava || gallbladder)
    marks.lobes_divide_x = (cava ? cava : gallbladder)->x();
  else if (marks.midline_x)
    marks.lobes_divide_x = *marks.midline_x - 35, marks.lobes_border_mm = 20;
  return marks;
}

std::string node_region(const SiteLandmarks& marks, space::PointLps at) {
  if (!marks.lung_top_z || !marks.lung_low_z || !marks.midline_x) return {};
  // Adult proportions: beyond the great vessels lies the axilla; the lungs reach down behind the upper
  // abdomen by a third of their height.
  constexpr double kAxillaAsideMm = 85, kChestShare = 0.35;
  const double aside = at.x - *marks.midline_x;
  const std::string side = aside < 0 ? "right " : "left ";
  if (at.z > *marks.lung_top_z) return side + "side of the neck";
  const double chest_low = *marks.lung_low_z + kChestShare * (*marks.lung_top_z - *marks.lung_low_z);
  if (at.z > chest_low)
    return std::abs(aside) > kAxillaAsideMm ? side + "axilla or chest wall" : "mediastinum or hilum";
  if (marks.bladder_high_z && at.z < *marks.bladder_high_z + 60) return side + "side of the pelvis or groin";
  if (marks.kidney_low_z) return at.z > *marks.kidney_low_z ? "upper abdomen" : "lower abdomen";
  return "abdomen";
}

}  // namespace netpet::lesions
