#pragma once

#include "grading/scale_head.h"
#include "grading/target_lesions.h"

namespace netpet::grading {

/// Graf 2020: the patient is heterogeneous if at least half of the target lesions are.
class Heterogeneity {
 public:
  explicit Heterogeneity(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  ScaleHead head_;
  TargetRule targets_;
  double from_share_ = 0;
};

}  // namespace netpet::grading
