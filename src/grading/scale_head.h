#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/table.h"
#include "grading/assessment.h"
#include "record/grade.h"

namespace netpet::grading {

/// Whether something that a rule asks for is so; `unknown` where nobody said.
enum class Known { yes, no, unknown };

/// The patients that a scale was published on, as far as they can be tested.
struct Population {
  std::string text;
  std::vector<std::string> primary_groups;  ///< gep, lung, medullary_thyroid …; empty: not asked for
  std::optional<bool> metastatic;
  std::vector<std::string> who_grades;    ///< "NET G1" …; empty: not asked for
  std::vector<std::string> sstr_tracers;  ///< empty: not asked for
};

/// What every table of a scale holds beside its thresholds: its name, title, publication and population.
class ScaleHead {
 public:
  /// Asks `table` for `title`, `source` and `population`.
  void read(base::Table& table, const std::string& scale);
  /// An answer without value that carries title, source, population and whether the patient belongs to it.
  record::Grade begin(const Assessment& assessment) const;
  /// The answer "NA" with its flag and reason.
  record::Grade not_given(const Assessment& assessment, const NotGradable& why,
                          const std::string& suitability) const;
  /// The answer of a scale that does not speak of this patient.
  record::Grade does_not_apply(const Assessment& assessment, const std::string& why) const;
  /// The answer of a scale that would speak of this patient, if more were known.
  record::Grade not_computable(const Assessment& assessment, const std::string& why) const;

 private:
  std::string scale_;
  std::string title_;
  std::string source_;
  Population population_;
};

/// Whether the patient's primary belongs to `group`.
Known primary_is(const Assessment& assessment, const std::string& group);

}  // namespace netpet::grading
