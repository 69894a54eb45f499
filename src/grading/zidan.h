#pragma once

#include <map>
#include <string>

#include "base/resources.h"
#include "grading/assessment.h"
#include "grading/lesion_groups.h"
#include "grading/scale_head.h"

namespace netpet::grading {

/// Zidan 1–4: positive means above the liver, on both tracers; no size or faintness filter.
class Zidan {
 public:
  explicit Zidan(const base::Resources& resources);
  /// With its flag `zidan_gap`; "NA" without a liver on either tracer.
  record::Grade grade(const Assessment& assessment) const;
  /// The class of a patient whose lesions show this against the liver.
  static std::string value(const GroupCounts& lesions);

 private:
  ScaleHead head_;
  std::map<std::string, std::string> suitability_;
  std::map<std::string, std::string> suitability_with_gap_;
};

}  // namespace netpet::grading
