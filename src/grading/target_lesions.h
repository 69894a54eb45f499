#pragma once

#include <vector>

#include "grading/assessment.h"

namespace netpet::grading {

/// How many lesions stand for the patient where a scale looks at a few.
struct TargetRule {
  double at_most = 0;
  double at_most_per_site = 0;
  double from_size_mm = 0;  ///< 0: lesions of unknown size too
};

/// The indices of the lesions that stand for the patient: the largest first, then the highest SSTR value,
/// then the id that sorts first. Excluded lesions never do.
std::vector<std::size_t> target_lesions(const Assessment& assessment, const TargetRule& rule);

}  // namespace netpet::grading
