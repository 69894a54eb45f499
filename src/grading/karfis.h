#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/resources.h"
#include "grading/assessment.h"
#include "grading/lesion_groups.h"
#include "grading/scale_head.h"

namespace netpet::grading {

/// Karfis C1–C3: above background on each tracer, no size or faintness filter.
class Karfis {
 public:
  explicit Karfis(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;
  /// The class of a patient whose lesions show this; lesions negative on both are left out.
  static std::string value(const GroupCounts& lesions);

 private:
  ScaleHead head_;
  std::map<std::string, std::string> suitability_;
};

}  // namespace netpet::grading
