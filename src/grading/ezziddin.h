#pragma once

#include <string>

#include "base/resources.h"
#include "grading/hottest_fdg.h"
#include "record/grade.h"

namespace netpet::grading {

/// Ezziddin mG1–mG3: the most prominent FDG SUVmax over the liver's SUVmax.
class Ezziddin {
 public:
  explicit Ezziddin(const base::Resources& resources);
  record::Grade grade(const base::Computed<HottestFdg>& hottest) const;

 private:
  std::string source_;
  double mg1_to_ = 0;
  double mg2_to_ = 0;
};

}  // namespace netpet::grading
