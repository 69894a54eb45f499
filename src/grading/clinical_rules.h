#pragma once

#include <string>
#include <vector>

#include "base/resources.h"
#include "record/grading_case.h"
#include "record/warning.h"

namespace netpet::grading {

/// What the clinical facts change: warnings that concern every scale, and the group of the primary.
class ClinicalRules {
 public:
  explicit ClinicalRules(const base::Resources& resources);

  /// "gep", "lung", "unknown" …; empty where the primary is not named or its name is not known.
  std::string group_of_primary(const record::GradingCase& one) const;
  /// `ssa_within_28d`, `therapy_between`, `glucose_high`, `spleen_after_splenectomy`,
  /// `clinical_unknown_word`, `fdg_uptake_altered`.
  std::vector<record::Warning> warnings(const record::GradingCase& one) const;
  /// The warning of a long-acting analogue shortly before the SSTR scan; empty where there is none.
  std::string recent_analogue(const record::GradingCase& one) const;
  /// What cannot be said of therapies for want of a date; empty where all can.
  std::string therapies_without_date(const record::GradingCase& one) const;

 private:
  std::string therapy_between(const record::GradingCase& one) const;
  std::string unknown_words(const record::Clinical& clinical) const;
  bool goes_on_without_end(const record::Therapy& therapy) const;

  std::map<std::string, std::string> group_of_primary_;
  std::vector<std::string> therapy_kinds_;
  std::vector<std::string> go_on_without_end_;
  std::string analogue_;
  double analogue_within_days_ = 0;
  double glucose_at_most_ = 0;
};

}  // namespace netpet::grading
