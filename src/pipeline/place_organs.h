#pragma once

#include <filesystem>
#include <optional>

#include "anatomy/organ_map.h"
#include "pipeline/read_request.h"
#include "pipeline/scan_work.h"
#include "record/registration.h"

namespace netpet::pipeline {

/// Gives each scan its organs on its own PET grid: from the supplied map, carried to the FDG scan by the
/// registration, made by the request's segmenter from the CT of the SSTR study (FDG's where that is alone) in
/// a folder of its own below `scratch`, which is gone afterwards, or found by the program on each study by
/// itself. Returns the map of the SSTR study (FDG's where that is alone). Without `registration` a
/// supplied map is not carried to the other study: the program looks for organs there.
anatomy::OrganMap place_organs(ReadRequest request, const std::filesystem::path& scratch,
                               std::optional<ScanWork>& sstr, std::optional<ScanWork>& fdg,
                               const std::optional<record::Registration>& registration,
                               const base::Resources& resources, const base::Run& run);

}  // namespace netpet::pipeline
