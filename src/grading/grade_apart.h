#pragma once

#include "grading/grade.h"

namespace netpet::grading {

/// Grades two scans that could not be laid on each other, each by itself: a scale of one tracer is answered
/// from that tracer's lesions, one of both is `NA` with the flag `scans_not_aligned`. A lesion of the case
/// has a value on one tracer only.
record::GradingResult grade_apart(const Grader& grader, const record::GradingCase& grading_case);

}  // namespace netpet::grading
