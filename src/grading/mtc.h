#pragma once

#include "grading/scale_head.h"

namespace netpet::grading {

/// Medullary thyroid carcinoma: small lesions with little FDG uptake answered PRRT.
class MedullaryThyroid {
 public:
  explicit MedullaryThyroid(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  ScaleHead head_;
  double below_size_mm_ = 0;
  double below_suvmax_ = 0;
};

}  // namespace netpet::grading
