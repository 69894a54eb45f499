#pragma once

#include <optional>

#include "base/run.h"
#include "image/volume.h"
#include "pipeline/assemble_lesions.h"
#include "record/reading.h"

namespace netpet::pipeline {

/// Tumour volume and total uptake of the lesions that count (neither physiologic nor excluded) on each
/// tracer's own grid, and the volumes of SSTR only, both and FDG only, on the SSTR grid after alignment.
record::Burden burden_of(const AssembledLesions& assembled,
                         const std::optional<record::Registration>& registration, const base::Run& run);

}  // namespace netpet::pipeline
