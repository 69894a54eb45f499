#pragma once

#include <cstddef>

#include "grading/assessment.h"
#include "grading/bahri_garin.h"
#include "grading/binderup.h"
#include "grading/ezziddin.h"
#include "grading/krenning.h"
#include "grading/measurement_errors.h"
#include "grading/netpet.h"
#include "record/grade.h"

namespace netpet::grading {

/// The scales that are graded again in every repeat; Karfis and Zidan need no object.
struct RepeatedScales {
  const Netpet& netpet;
  const Krenning& krenning;
  const Ezziddin& ezziddin;
  const BahriGarin& bahri_garin;
  const Binderup& binderup;
};

/// Grades the case again in `draws` simulated repeats and writes into each scale of `result` that was given
/// how often it gave the same answer, and on which lesion and limit that hangs. Krenning is judged by its
/// highest score. Missed and false lesions are not part of it.
void add_stability(const MeasurementErrors& errors, const RepeatedScales& scales,
                   const Assessment& assessment, std::size_t draws, record::GradingResult& result);

}  // namespace netpet::grading
