#pragma once

#include <optional>

#include "anatomy/organ_map.h"
#include "pipeline/read_request.h"
#include "pipeline/scan_work.h"
#include "record/registration.h"

namespace netpet::pipeline {

/// Gives each scan its organs on its own PET grid: from the supplied map, carried to the FDG scan by the
/// registration, or found by the program on each study by itself. Returns the map of the SSTR study (FDG's
/// where that is alone). `registration` is present where both scans are.
anatomy::OrganMap place_organs(const ReadRequest& request, std::optional<ScanWork>& sstr,
                               std::optional<ScanWork>& fdg,
                               const std::optional<record::Registration>& registration,
                               const base::Resources& resources, const base::Run& run);

}  // namespace netpet::pipeline
