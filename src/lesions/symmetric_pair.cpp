#include "lesions/symmetric_pair.h"

#include <algorithm>
#include <cmath>

#include "record/organ.h"

namespace netpet::lesions {

std::vector<char> find_symmetric_pairs(const std::vector<const Outline*>& outlines,
                                       const space::Geometry& grid, const Landmarks& landmarks,
                                       const MirroredPairRule& rule) {
  std::vector<char> is_paired(outlines.size(), 0);
  const std::optional<double> midline = landmarks.midline_x();
  if (!midline) return is_paired;
  const auto may_be_paired = [&](const Outline& one) {
    const space::PointLps at = grid.to_lps(one.hottest);
    const double aside = std::abs(at.x - *midline);
    return landmarks.is_in_head_or_neck(at) && aside >= rule.least_aside_mm && aside <= rule.most_aside_mm &&
           one.suvmax <= rule.most_suv && !record::is_bone(one.organ) &&
           static_cast<double>(one.region.size()) * grid.voxel_volume_ml() <= rule.most_ml;
  };
  for (std::size_t a = 0; a < outlines.size(); ++a)
    for (std::size_t b = a + 1; b < outlines.size(); ++b) {
      if (!may_be_paired(*outlines[a]) || !may_be_paired(*outlines[b])) continue;
      const space::PointLps p = grid.to_lps(outlines[a]->hottest), q = grid.to_lps(outlines[b]->hottest);
      const space::PointLps mirrored{2 * *midline - q.x, q.y, q.z};
      const float high = std::max(outlines[a]->suvmax, outlines[b]->suvmax);
      const float low = std::min(outlines[a]->suvmax, outlines[b]->suvmax);
      if ((p.x - *midline) * (q.x - *midline) < 0 && space::distance(p, mirrored) <= rule.mirror_mm &&
          high <= rule.like_uptake * low)
        is_paired[a] = is_paired[b] = 1;
    }
  return is_paired;
}

}  // namespace netpet::lesions
