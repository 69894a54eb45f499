#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/resources.h"
#include "report/outputs.h"
#include "report/pictures.h"
#include "report/texts.h"

namespace netpet::report {

/// Writes the DICOM objects of a reading into `folder`, which is made: of each tracer whose source series is
/// known, the Real World Value Mapping, the Segmentations of lesions and of reference regions, and the
/// lesions as a structure set, where there are any, and its projection as a picture; and of both one
/// structured report. Nothing is written where no source series is known.
void write_dicom(const ReportInput& input, const std::vector<Projection>& projections,
                 const std::filesystem::path& folder, const Texts& texts, const base::Resources& resources);

/// The report that people read beside them, as an Encapsulated PDF; under the same condition.
void write_dicom_report(const ReportInput& input, const std::string& title, const std::string& pdf,
                        const std::filesystem::path& folder);

}  // namespace netpet::report
