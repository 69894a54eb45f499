#pragma once

#include <filesystem>

#include "base/resources.h"
#include "report/outputs.h"
#include "report/texts.h"

namespace netpet::report {

/// Writes the DICOM objects of a reading into `folder`, which is made: of each tracer whose source series is
/// known, the Real World Value Mapping, the Segmentations of lesions and of reference regions, and the
/// lesions as a structure set, where there are any; and one structured report of both. Nothing is written
/// where no source series is known.
void write_dicom(const ReportInput& input, const std::filesystem::path& folder, const Texts& texts,
                 const base::Resources& resources, const base::Run& run);

}  // namespace netpet::report
