#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grading/positivity.h"
#include "record/grade.h"

namespace netpet::grading {

/// Why the two tracers of a case cannot be compared.
struct NotGradable {
  std::string flag;    ///< tracer_missing, post_therapy_scan, no_blood_pool_reference
  std::string reason;  ///< one sentence
};

/// Every lesion of one case, called positive or negative under each definition of background; made once and
/// shared by all scales. Holds references into the case.
struct Assessment {
  Assessment(const PositivityRules& rules, const record::GradingCase& grading_case);

  const record::GradingCase& grading_case;
  Positivity positivity;
  std::vector<LesionCall> host_organ;  ///< in the order of the case, excluded lesions too
  std::vector<LesionCall> blood_pool;
  std::vector<LesionCall> liver;
  std::optional<NotGradable> values_missing;  ///< a study or a value is missing: no dual-tracer scale at all
  std::optional<NotGradable> background_missing;  ///< no blood pool: no scale that measures against it
  bool liver_missing = false;                     ///< on a tracer whose study was made
  std::string primary_group;                      ///< "gep", "lung" …; empty where the primary is not known
  std::string who_grade;                          ///< "NET G2" …; empty where no specimen was graded

  /// The reason why scales that compare both tracers with the background are not given, if there is one.
  const std::optional<NotGradable>& not_gradable() const {
    return values_missing ? values_missing : background_missing;
  }
  /// Per lesion: it is the only one that keeps the dual-tracer scales from being given.
  std::vector<bool> decides_by_missing_value() const;
};

}  // namespace netpet::grading
