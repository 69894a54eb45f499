#include "lesions/organ_spill.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/robust.h"
#include "record/organ.h"

namespace netpet::lesions {
namespace {

using record::id_of;
using record::Organ;

}  // namespace

OrganSpill::OrganSpill(const ScanOnGrid& scan, const std::vector<TissueRule>& tissues,
                       const OrganSpillRule& rule)
    : scan_(scan), rule_(rule), top_(tissues.size()) {
  const space::Geometry& grid = scan.suv->geometry();
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> tissue_of(65536, none);
  for (std::size_t tissue = 0; tissue < tissues.size(); ++tissue) {
    organs_.push_back(tissues[tissue].organs);
    if (tissues[tissue].uptake == NormalUptake::any)
      for (const std::uint16_t organ : tissues[tissue].organs)
        if (organ != 0) tissue_of[organ] = tissue;
  }
  std::vector<std::vector<float>> values(tissues.size());
  constexpr double far = std::numeric_limits<double>::infinity();
  std::array<Kidney, 2> sides{{{0, far, -far}, {0, far, -far}}};
  std::array<double, 2> counts{};
  for (std::size_t voxel = 0; voxel < scan.organs->voxels().size(); ++voxel) {
    const std::uint16_t organ = (*scan.organs)[voxel];
    if (tissue_of[organ] == none) continue;
    values[tissue_of[organ]].push_back((*scan.suv)[voxel]);
    const bool right = organ == id_of(Organ::kidney_right);
    if (!right && organ != id_of(Organ::kidney_left)) continue;
    const space::PointLps at = grid.to_lps(grid.index(voxel));
    Kidney& kidney = sides[right ? 0 : 1];
    kidney.x += at.x, ++counts[right ? 0 : 1];
    kidney.low_z = std::min(kidney.low_z, at.z), kidney.high_z = std::max(kidney.high_z, at.z);
  }
  for (std::size_t tissue = 0; tissue < tissues.size(); ++tissue)
    if (static_cast<double>(values[tissue].size()) * grid.voxel_volume_ml() >= rule.least_ml)
      top_[tissue] = static_cast<float>(base::quantile_of(values[tissue], rule.top_share) * rule.noise);
  for (std::size_t side = 0; side < 2; ++side)
    if (counts[side] > 0) {
      sides[side].x /= counts[side];
      kidneys_.push_back(sides[side]);
    }
  if (kidneys_.size() == 2) middle_x_ = (kidneys_[0].x + kidneys_[1].x) / 2;
}

bool OrganSpill::may_explain(std::size_t tissue, const Outline& outline) const {
  const std::vector<std::uint16_t>& organs = organs_[tissue];
  const auto contains = [&organs](Organ organ) {
    return std::find(organs.begin(), organs.end(), id_of(organ)) != organs.end();
  };
  // Where a registration moved the label, the organ itself may lie there.
  if (scan_.organ_error_mm > 0 || !top_[tissue] || outline.suvmax <= *top_[tissue]) return true;
  const std::uint16_t here = (*scan_.organs)(outline.hottest);
  if (here != 0 && std::find(organs.begin(), organs.end(), here) != organs.end()) return true;
  return contains(Organ::kidney_left) && is_at_hilum(scan_.suv->geometry().to_lps(outline.hottest));
}

bool OrganSpill::is_at_hilum(space::PointLps at) const {
  return std::any_of(kidneys_.begin(), kidneys_.end(), [&](const Kidney& kidney) {
    const double height = kidney.high_z - kidney.low_z;
    // With one kidney alone the side of the spine is not known here.
    const bool inwards = kidneys_.size() < 2 || (at.x - kidney.x) * (middle_x_ - kidney.x) > 0;
    return inwards && at.z > kidney.low_z + rule_.beyond_hilum_share * height &&
           at.z < kidney.high_z - rule_.beyond_hilum_share * height;
  });
}

}  // namespace netpet::lesions
