#pragma once

#include <string>
#include <vector>

#include "grading/scale_head.h"

namespace netpet::grading {

/// Each lesion over liver, spleen and blood pool of the same tracer: SUVpeak over the reference's mean.
class Ratios {
 public:
  explicit Ratios(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;
  /// The ratio of one lesion; does not apply where that study was not made.
  base::Computed<double> ratio(const Assessment& assessment, const record::GradingLesion& lesion,
                               record::Role role, const std::string& reference) const;
  const std::vector<std::string>& references() const { return references_; }

 private:
  std::string in_words(const Assessment& assessment, const record::GradingLesion& lesion,
                       record::Role role) const;

  ScaleHead head_;
  std::vector<std::string> references_;
};

}  // namespace netpet::grading
