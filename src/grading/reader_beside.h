#pragma once

#include "record/grade.h"
#include "record/grading_case.h"

namespace netpet::grading {

/// Puts the reader's visual scores and overrides beside the computed grades, never in their place: further
/// fields of the same scale and one sentence each. Refuses an override of a scale that does not exist
/// (`override_unknown_scale`).
void add_reader(const record::GradingCase& one, record::GradingResult& result);

}  // namespace netpet::grading
