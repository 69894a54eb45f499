#pragma once

#include "pipeline/lesion_entries.h"
#include "pipeline/placing.h"
#include "record/lesion.h"

namespace netpet::pipeline {

/// Measures a lesion on both tracers, each on its own grid: in its outline; where it has none, where the
/// other tracer's outline lies, within `error_mm` of the alignment; a focus of another phenotype on SSTR in
/// its middle; one without any outline in the ball that a reader gave. Fills `sstr` and `fdg`.
void measure_lesion(const LesionEntry& entry, const Placing& placing, double error_mm,
                    record::Lesion& lesion);

}  // namespace netpet::pipeline
