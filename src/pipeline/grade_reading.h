#pragma once

#include "base/resources.h"
#include "record/reading.h"

namespace netpet::pipeline {

/// Grades the lesions of a reading and writes the answers into it: grades, headline, target, and what grading
/// says of each lesion. Physiologic uptake stays in the list and out of the grade.
void grade_reading(record::Reading& reading, const base::Resources& resources);

}  // namespace netpet::pipeline
