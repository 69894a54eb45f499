#pragma once

#include "base/resources.h"
#include "record/grading_case.h"
#include "record/reading.h"

namespace netpet::pipeline {

/// Grades the lesions of a reading and writes the answers into it: grades, headline, target, and what grading
/// says of each lesion. Physiologic uptake stays in the list and out of the grade.
void grade_reading(record::Reading& reading, const base::Resources& resources);

/// What of a reading the scales are told; without simulated repeats.
record::GradingCase grading_case(const record::Reading& reading);

}  // namespace netpet::pipeline
