#pragma once

#include <optional>

#include "base/run.h"
#include "image/volume.h"
#include "pipeline/assemble_lesions.h"
#include "record/reading.h"

namespace netpet::pipeline {

/// Whether the outline of a lesion on a tracer adds to tumour volume and total uptake: that of a lesion that
/// counts, from `from_ml` on or out of a supplied mask.
bool adds_volume(const record::Lesion& lesion, record::Role role, double from_ml);

/// Tumour volume and total uptake of the lesions that count (neither physiologic nor excluded) on each
/// tracer's own grid, and the volumes of SSTR only, both and FDG only, on the SSTR grid after alignment. Of
/// outlines that add volume alone.
record::Burden burden_of(const AssembledLesions& assembled,
                         const std::optional<record::Registration>& registration, double from_ml,
                         const base::Run& run);

}  // namespace netpet::pipeline
