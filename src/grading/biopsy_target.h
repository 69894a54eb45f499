#pragma once

#include <string>
#include <vector>

#include "base/resources.h"
#include "grading/assessment.h"
#include "grading/netpet.h"

namespace netpet::grading {

/// The lesion that a biopsy would tell most of: the highest FDG relative to SSTR among FDG-positive lesions
/// that are large enough and were not sampled recently.
class BiopsyTarget {
 public:
  explicit BiopsyTarget(const base::Resources& resources);
  /// Fills `biopsy_target`, its reason and the alternatives with theirs.
  void choose(const Assessment& assessment, const Netpet& netpet, record::GradingResult& result) const;

 private:
  struct Candidate {
    const LesionCall* call = nullptr;
    double ratio = 0;
    std::string passed_over;  ///< why it is no target; empty for one that is fit
    std::string remark;       ///< what stands beside its reason
  };
  std::vector<Candidate> candidates(const Assessment& assessment, const Netpet& netpet) const;
  std::string recent_biopsy(const Assessment& assessment, const record::GradingLesion& lesion) const;
  std::string reason(const Candidate& candidate) const;

  double size_at_least_ = 0;
  double recent_within_days_ = 0;
  double alternatives_at_most_ = 0;
  std::vector<std::string> hard_to_reach_;
};

}  // namespace netpet::grading
