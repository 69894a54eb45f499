#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "record/grading_case.h"
#include "record/warning.h"

namespace netpet::record {

/// JSON that is not ours: keys are found in logarithmic time, however many a hostile file has.
using InputJson = nlohmann::json;

/// A lesion table as `netpet grade` takes it, and what was noticed while reading it.
struct GradingCaseInput {
  GradingCase grading_case;
  std::vector<Warning> warnings;  ///< unknown_field
};

/// Parses JSON that is not ours. Refuses text that is not JSON (`json_malformed`), nesting beyond 64 levels
/// (`json_too_deep`) and an object that names a key twice (`json_duplicate_key`): which of two values holds
/// is a guess.
InputJson parse_json(std::string_view text);

/// Reads one case. Every refusal names the place of the value ("lesions[2].sstr.suvpeak"): `wrong_type`,
/// `missing_field`, `negative_value`, `unknown_value`, `duplicate_lesion_id`, `reference_not_positive`,
/// `blood_pool_missing` (on a tracer whose study was made), `interval_contradicts_dates`. A field that is not
/// known becomes a warning; in `clinical` and `reader` it is refused.
GradingCaseInput read_grading_case(const InputJson& document);

/// Reads everything of a case but its lesions, for tables that come as CSV: {"references": …,
/// "interval_days": …}, or the references alone.
GradingCaseInput read_grading_references(const InputJson& document);

/// Reads {"name", "visual": {"netpet", "krenning"}, "overrides": [{"scale", "value", "reason"}]}, strictly.
ReaderOpinion read_reader_opinion(const InputJson& document, const std::string& place);

/// Adds a list of lesions to a case, with the refusals of `read_grading_case`.
void read_grading_lesions(const InputJson& lesions, GradingCaseInput& input);

}  // namespace netpet::record
