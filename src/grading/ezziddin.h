#pragma once

#include <string>

#include "base/resources.h"
#include "grading/hottest_fdg.h"
#include "grading/scale_head.h"
#include "record/grade.h"

namespace netpet::grading {

/// Ezziddin mG1–mG3: the most prominent FDG SUVmax over the liver's SUVmax.
class Ezziddin {
 public:
  explicit Ezziddin(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment, const base::Computed<HottestFdg>& hottest) const;
  /// The class for a ratio of lesion to liver SUVmax.
  std::string value(double ratio) const;

 private:
  ScaleHead head_;
  double mg1_to_ = 0;
  double mg2_to_ = 0;
};

}  // namespace netpet::grading
