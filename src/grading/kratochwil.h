#pragma once

#include "grading/scale_head.h"

namespace netpet::grading {

/// Kratochwil 2015: liver metastases on SSTR above the uptake from which PRRT was answered.
class Kratochwil {
 public:
  explicit Kratochwil(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  ScaleHead head_;
  double above_suvmax_ = 0;
  double above_ratio_ = 0;
};

}  // namespace netpet::grading
