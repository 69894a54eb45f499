#pragma once

#include "grading/scale_head.h"

namespace netpet::grading {

/// Lococo 2015: SUVmax on SSTR over SUVmax on FDG of a primary pulmonary carcinoid tells typical from
/// atypical.
class Lococo {
 public:
  explicit Lococo(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  ScaleHead head_;
  double typical_from_ratio_ = 0;
};

}  // namespace netpet::grading
