#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/computed.h"
#include "record/stability.h"
#include "record/warning.h"

namespace netpet::record {

/// Values of one scale under other definitions ("tumour_to_liver": "P2a"), in the order of the contract.
using AlternativeValues = std::vector<std::pair<std::string, base::Computed<std::string>>>;

/// Lists by name: which lesions each tracer shows.
using TextLists = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The value of one further field of a scale's result (`group`, `above_3`, `share_lesions_3_4`,
/// `alternatives` …).
using GradeField = std::variant<base::Computed<bool>, base::Computed<double>, base::Computed<std::string>,
                                AlternativeValues, std::vector<std::string>, TextLists>;

/// One scale's answer for the patient, with its reasons.
struct Grade {
  std::string scale;                  ///< "netpet", "karfis", …: the key in `grades`
  std::string title;                  ///< "NETPET": as a text names it
  base::Computed<std::string> value;  ///< "P2a", "C2", "NA"; does not apply for scales without one value
  std::string summary;                ///< the answer in a few words, where the value alone does not say it
  base::Computed<std::string> suitability;                 ///< a label of the named publication
  std::string applicability = "unknown";                   ///< inside, outside, unknown
  std::string population;                                  ///< the patients that it was published on
  std::vector<std::pair<std::string, GradeField>> fields;  ///< in the order of the contract
  std::vector<std::string> caveats;
  std::vector<std::string> flags;
  std::vector<std::string> evidence;   ///< one sentence a step
  std::string source;                  ///< publication
  std::optional<Stability> stability;  ///< empty where no repeats were simulated

  const GradeField* field(const std::string& name) const {
    for (const auto& [key, value_of_key] : fields)
      if (key == name) return &value_of_key;
    return nullptr;
  }
};

/// A lesion over normal tissue of the same tracer: SUVpeak / mean of the reference.
struct TissueRatios {
  base::Computed<double> to_liver;
  base::Computed<double> to_spleen;
  base::Computed<double> to_blood_pool;
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
  base::Computed<std::string>
      sstr_rads_category;  ///< does not apply while the reader has not said what it needs
  std::vector<std::string> sstr_rads_needs_reader;
  std::optional<bool> heterogeneous;  ///< the reader's call
  TissueRatios sstr_ratios;
  TissueRatios fdg_ratios;
  bool decides = false;
  std::vector<std::string> flags;
};

/// A lesion that could be sampled in place of the biopsy target, and what speaks for or against it.
struct BiopsyAlternative {
  std::string lesion;
  std::string why;
};

/// What `grading::grade` returns for one case.
struct GradingResult {
  std::vector<LesionGrade> lesions;  ///< in the order of the case
  std::vector<Grade> grades;         ///< in the order of the contract
  std::vector<Warning> warnings;
  std::string headline;  ///< what the physician reads first
  std::optional<std::string> biopsy_target;
  std::string biopsy_why;
  std::vector<BiopsyAlternative> biopsy_alternatives;

  const Grade* grade(const std::string& scale) const {
    for (const Grade& one : grades)
      if (one.scale == scale) return &one;
    return nullptr;
  }
};

}  // namespace netpet::record
