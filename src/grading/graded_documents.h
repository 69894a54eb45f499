#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/run.h"
#include "grading/grade.h"
#include "record/grading_case_json.h"

namespace netpet::grading {

/// How the cases of a JSON text stand in it; the answers stand in the same way.
enum class JsonLayout { one_case, array, lines };

/// How answers are written.
enum class AnswerForm {
  document,  ///< JSON as the contract has it
  text       ///< the evidence, for reading
};

/// The answers to all cases of one text, in order.
struct GradedDocuments {
  std::string text;
  std::size_t refused = 0;  ///< cases of a batch with an error in their place
};

/// One object is a case, an array a batch; objects on lines of their own are JSON lines.
JsonLayout layout_of(std::string_view text);

/// Grades every case of a JSON text. Throws for a text that is not JSON and for a single case that is
/// refused; in a batch a refused case becomes {"error": …} in its place. A worked case {"case", "input",
/// "expected"} is graded by its `input`, and the answer carries its name. `clinical` holds for every case; a
/// case with facts of its own is refused then (`clinical_given_twice`).
GradedDocuments grade_json(std::string_view text, JsonLayout layout, AnswerForm form, const Grader& grader,
                           const base::Run& run,
                           const std::optional<record::Clinical>& clinical = std::nullopt);

/// Grades one case that was read from a CSV table.
GradedDocuments grade_table(const record::GradingCaseInput& input, AnswerForm form, const Grader& grader,
                            const std::optional<record::Clinical>& clinical = std::nullopt);

}  // namespace netpet::grading
