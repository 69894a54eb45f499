#pragma once

#include <vector>

#include "base/resources.h"
#include "record/tracer_scan.h"
#include "record/warning.h"

namespace netpet::pipeline {

/// What two scans of one patient say of each other: `weights_differ` where the body mass differs by more than
/// data/acquisition.json allows, since SUV of one of them is then probably wrong.
std::vector<record::Warning> compare_scans(const record::TracerScan& sstr, const record::TracerScan& fdg,
                                           const base::Resources& resources);

}  // namespace netpet::pipeline
