#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/computed.h"
#include "record/warning.h"

namespace netpet::record {

/// Values of one scale under other definitions ("tumour_to_liver": "P2a"), in the order of the contract.
using AlternativeValues = std::vector<std::pair<std::string, base::Computed<std::string>>>;

/// The value of one further field of a scale's result (`group`, `above_3`, `share_lesions_3_4`,
/// `alternatives` …).
using GradeField = std::variant<base::Computed<bool>, base::Computed<double>, base::Computed<std::string>,
                                AlternativeValues>;

/// One scale's answer for the patient, with its reasons.
struct Grade {
  std::string scale;                  ///< "netpet", "karfis", …: the key in `grades`
  base::Computed<std::string> value;  ///< "P2a", "C2", "NA"; does not apply for scales without one value
  base::Computed<std::string> suitability;                 ///< a label of the named publication
  std::string applicability = "unknown";                   ///< inside, outside, unknown
  std::vector<std::pair<std::string, GradeField>> fields;  ///< in the order of the contract
  std::vector<std::string> caveats;
  std::vector<std::string> flags;
  std::vector<std::string> evidence;  ///< one sentence a step
  std::string source;                 ///< publication

  const GradeField* field(const std::string& name) const {
    for (const auto& [key, value_of_key] : fields)
      if (key == name) return &value_of_key;
    return nullptr;
  }
};

/// What grading says of one lesion.
struct LesionGrade {
  std::string id;
  base::Computed<double> fdg_to_sstr;
  std::string pattern;         ///< "S+F-" …; empty where a tracer is missing
  std::string netpet_pattern;  ///< P1 … P5 or none
  base::Computed<double> krenning;
  base::Computed<bool> sstr_positive;
  base::Computed<bool> fdg_positive;
  std::string sstr_background;
  std::string fdg_background;
  base::Computed<double> sstr_rads_uptake_level;
  bool decides = false;
  std::vector<std::string> flags;
};

/// What `grading::grade` returns for one case.
struct GradingResult {
  std::vector<LesionGrade> lesions;  ///< in the order of the case
  std::vector<Grade> grades;         ///< in the order of the contract
  std::vector<Warning> warnings;
  std::string headline;  ///< what the physician reads first
  std::optional<std::string> biopsy_target;
  std::string biopsy_why;

  const Grade* grade(const std::string& scale) const {
    for (const Grade& one : grades)
      if (one.scale == scale) return &one;
    return nullptr;
  }
};

}  // namespace netpet::record
