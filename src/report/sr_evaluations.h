#pragma once

#include "dicom/sr_content.h"
#include "record/reading.h"
#include "report/texts.h"

namespace netpet::report::sr_items {

/// Adds to a lesion's group what was concluded of it: status, positivity on the tracer, patterns, score.
void add_lesion_evaluations(dicom::sr::Item& group, const record::Lesion& lesion, record::Role role);

/// (C0034375,UMLS,"Qualitative Evaluations"): headline, each scale with its suitability and applicability,
/// warnings, and that the report is unsigned and for research only.
dicom::sr::Item patient_evaluations(const record::Reading& reading, const Texts& texts);

}  // namespace netpet::report::sr_items
