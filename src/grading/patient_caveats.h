#pragma once

#include "grading/assessment.h"
#include "grading/clinical_rules.h"
#include "grading/netpet.h"
#include "record/grade.h"

namespace netpet::grading {

/// What concerns the patient rather than one scale: warnings of the result, and the same beside every
/// suitability – an interval that is too long, therapy between the scans, a recent analogue, equivocal
/// receptors.
void add_patient_caveats(const Assessment& assessment, const ClinicalRules& clinical, const Netpet& netpet,
                         record::GradingResult& result);

}  // namespace netpet::grading
