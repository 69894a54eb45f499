#pragma once

#include <cstdint>
#include <vector>

#include "lesions/classify.h"
#include "lesions/outline.h"
#include "lesions/rules.h"
#include "lesions/verdict_rules.h"

namespace netpet::lesions {

/// Which outlines lie so far inside a label of the program's own map that neither the label's border nor the
/// organ's name is in doubt. What it is made of must outlive it.
class DeepInLabels {
 public:
  /// `outlines`: all of this scan.
  DeepInLabels(const ScanOnGrid& scan, const std::vector<const Outline*>& outlines,
               const std::vector<TissueRule>& tissues, const DeepRule& rule);

  /// True where the label is a sure one, the outline would belong to it even if the label ended everywhere by
  /// its usual error earlier, and the organ around the outline, clear of other outlines, takes up what that
  /// organ does. False for labels that somebody supplied: they are sure by themselves.
  bool holds(const Outline& outline) const;

 private:
  bool is_inside_by(const Outline& outline, const std::vector<std::uint16_t>& organs, double mm) const;
  bool is_like_its_organ(const Outline& outline, const std::vector<std::uint16_t>& organs,
                         const DeepTissue& rule) const;

  const ScanOnGrid& scan_;
  const std::vector<TissueRule>& tissues_;
  const DeepRule& rule_;
  std::vector<std::uint8_t> near_outlines_;  ///< by voxel: outlines blur what lies beside them
};

}  // namespace netpet::lesions
