#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "lesions/classify.h"
#include "lesions/outline.h"
#include "lesions/rules.h"
#include "lesions/verdict_rules.h"

namespace netpet::lesions {

/// How hot an organ of which any uptake is its own may make what lies beside it: what an organ spills by blur
/// and breathing is never hotter than the organ.
class OrganSpill {
 public:
  /// One pass over the scan. `scan` and `rule` must outlive it.
  OrganSpill(const ScanOnGrid& scan, const std::vector<TissueRule>& tissues, const OrganSpillRule& rule);

  /// False where the hottest voxel lies outside the organs of tissue number `tissue` and takes up more than
  /// they do anywhere, noise allowed for. True of an organ too small to know its uptake, of a
  /// label that a registration moved, and beside the middle of a kidney on the side of the spine: there lies
  /// urine of any heat in its pelvis.
  bool may_explain(std::size_t tissue, const Outline& outline) const;

 private:
  struct Kidney {
    double x = 0, low_z = 0, high_z = 0;
  };
  bool is_at_hilum(space::PointLps at) const;

  const ScanOnGrid& scan_;
  const OrganSpillRule& rule_;
  std::vector<std::vector<std::uint16_t>> organs_;  ///< by tissue
  std::vector<std::optional<float>> top_;           ///< by tissue, of those that any uptake is normal in
  std::vector<Kidney> kidneys_;                     ///< the right one first, where both are labelled
  double middle_x_ = 0;
};

}  // namespace netpet::lesions
