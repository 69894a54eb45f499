#pragma once

#include <string>

#include "base/resources.h"
#include "grading/hottest_fdg.h"
#include "grading/scale_head.h"
#include "record/grade.h"

namespace netpet::grading {

/// Bahri/Garin: FDG is prognostically positive by SUVmax or by the ratio to the liver's SUVmax.
class BahriGarin {
 public:
  explicit BahriGarin(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment, const base::Computed<HottestFdg>& hottest) const;
  /// Not computable where SUVmax alone does not decide and there is no liver maximum.
  base::Computed<std::string> value(const HottestFdg& hottest) const;

 private:
  ScaleHead head_;
  double positive_above_suvmax_ = 0;
  double positive_from_ratio_ = 0;
};

}  // namespace netpet::grading
