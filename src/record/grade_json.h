#pragma once

#include <string>

#include "record/grade.h"

namespace netpet::record {

/// The `grade` command's answer for one case on one line, as `json_of(result)` holds it, with the name of a
/// worked case at its end. Several times faster than the tree: for cases by the thousand.
std::string compact_text_of(const GradingResult& result, const std::string& case_name);

}  // namespace netpet::record
