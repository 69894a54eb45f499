#pragma once

#include <vector>

#include "pipeline/assemble_lesions.h"
#include "pipeline/placing.h"
#include "record/reading.h"

namespace netpet::pipeline {

/// Volumes and NETPET with each of the named methods of outlining (data/lesions.json) in turn on one tracer.
/// The lesions, their pairs and verdicts stay those of `reading`, which is graded; a lesion that a method
/// does not outline keeps its numbers and adds no volume. Foci and the masses around them keep their
/// outlines. Nothing where a mask was supplied.
std::vector<record::OutlineAlternative> outline_alternatives(const AssembledLesions& assembled,
                                                             const Placing& placing,
                                                             const record::Reading& reading,
                                                             const base::Resources& resources,
                                                             const base::Run& run);

}  // namespace netpet::pipeline
