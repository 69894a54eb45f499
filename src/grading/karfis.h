#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/resources.h"
#include "grading/assessment.h"

namespace netpet::grading {

/// Karfis C1–C3: above background on each tracer, no size or faintness filter.
class Karfis {
 public:
  explicit Karfis(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;
  /// The class under the given calls; lesions negative on both are left out.
  static std::string value(const std::vector<LesionCall>& calls);

 private:
  std::string source_;
  std::map<std::string, std::string> suitability_;
};

}  // namespace netpet::grading
