#pragma once

#include <string>

#include "base/resources.h"
#include "grading/hottest_fdg.h"
#include "grading/scale_head.h"
#include "record/grade.h"

namespace netpet::grading {

/// Binderup 2010: the hottest FDG SUVmax against the cut-offs for progression (3) and for survival (9).
class Binderup {
 public:
  explicit Binderup(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment, const base::Computed<HottestFdg>& hottest) const;
  /// Both cut-offs in one word: not_above_3, above_3, above_9.
  std::string value(double suvmax) const;

 private:
  ScaleHead head_;
  double pfs_above_ = 0;
  double os_above_ = 0;
};

}  // namespace netpet::grading
