#pragma once

#include <string>

#include "record/grade.h"

namespace netpet::grading {

/// The result as a colleague would write it down: the headline, each scale that could be given with its steps
/// and caveats, what to biopsy, which scales could not be given and why, and the sources.
std::string explain(const record::GradingResult& result);

}  // namespace netpet::grading
