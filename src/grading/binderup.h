#pragma once

#include <string>

#include "base/resources.h"
#include "grading/hottest_fdg.h"
#include "record/grade.h"

namespace netpet::grading {

/// Binderup 2010: the hottest FDG SUVmax against the cut-offs for progression (3) and for survival (9).
class Binderup {
 public:
  explicit Binderup(const base::Resources& resources);
  record::Grade grade(const base::Computed<HottestFdg>& hottest) const;

 private:
  std::string source_;
  double pfs_above_ = 0;
  double os_above_ = 0;
};

}  // namespace netpet::grading
