#pragma once

#include "pipeline/assemble_lesions.h"
#include "pipeline/placing.h"
#include "record/reading.h"

namespace netpet::pipeline {

/// Tells of each lesion of a reading whether its modified Krenning score changes within it (rule of Graf):
/// parts of 1 mL and more inside its rim whose means have different scores, and differ by more than noise and
/// blur make. Looked at is the SSTR outline with what it encloses and the foci inside it, or the place of the
/// FDG outline where SSTR has none. A lesion without two such parts is homogeneous; a focus takes the answer
/// of its mass. Also CoV and asphericity of each outline that is large enough (data/lesions.json,
/// `heterogeneity`).
void measure_heterogeneity(const AssembledLesions& assembled, const Placing& placing,
                           record::Reading& reading, const base::Resources& resources);

}  // namespace netpet::pipeline
