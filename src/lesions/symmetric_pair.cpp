#include "lesions/symmetric_pair.h"

#include <algorithm>
#include <cmath>

#include "record/organ.h"

namespace netpet::lesions {

namespace {

/// Heads are turned and labels coarse: mirrored places may miss each other by about this much.
constexpr double kMirrorMm = 12;
/// Nearer to the midline nothing has two sides; farther lies the shoulder.
constexpr double kLeastAsideMm = 8, kMostAsideMm = 80;
/// Normal pairs rarely differ by more.
constexpr double kLikeUptake = 1.5;
/// The parotid is the largest paired gland, about 25 mL.
constexpr double kLargestMl = 40;
/// Palatine tonsils reach 3.45 ± 1.4 (mean + 2 SD = 6.3) on FDG (Wang 2007), salivary glands about the same
/// on SSTR.
constexpr float kMostSuv = 6.3f;

}  // namespace

std::vector<char> find_symmetric_pairs(const std::vector<const Outline*>& outlines,
                                       const space::Geometry& grid, const Landmarks& landmarks) {
  std::vector<char> is_paired(outlines.size(), 0);
  const std::optional<double> midline = landmarks.midline_x();
  if (!midline) return is_paired;
  const auto may_be_paired = [&](const Outline& one) {
    const space::PointLps at = grid.to_lps(one.hottest);
    const double aside = std::abs(at.x - *midline);
    return landmarks.is_in_head_or_neck(at) && aside >= kLeastAsideMm && aside <= kMostAsideMm &&
           one.suvmax <= kMostSuv && !record::is_bone(one.organ) &&
           static_cast<double>(one.region.size()) * grid.voxel_volume_ml() <= kLargestMl;
  };
  for (std::size_t a = 0; a < outlines.size(); ++a)
    for (std::size_t b = a + 1; b < outlines.size(); ++b) {
      if (!may_be_paired(*outlines[a]) || !may_be_paired(*outlines[b])) continue;
      const space::PointLps p = grid.to_lps(outlines[a]->hottest), q = grid.to_lps(outlines[b]->hottest);
      const space::PointLps mirrored{2 * *midline - q.x, q.y, q.z};
      const float high = std::max(outlines[a]->suvmax, outlines[b]->suvmax);
      const float low = std::min(outlines[a]->suvmax, outlines[b]->suvmax);
      if ((p.x - *midline) * (q.x - *midline) < 0 && space::distance(p, mirrored) <= kMirrorMm &&
          high <= kLikeUptake * low)
        is_paired[a] = is_paired[b] = 1;
    }
  return is_paired;
}

}  // namespace netpet::lesions
