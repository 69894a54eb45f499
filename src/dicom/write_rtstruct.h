#pragma once

#include <filesystem>

#include "dicom/derived_object.h"
#include "dicom/write_seg.h"

namespace netpet::dicom {

/// Writes the segments as an RT Structure Set: ROI n is `segments[n − 1]`, each slice by closed planar
/// contours along the edges of its pixels, inner ones around holes (even-odd). UIDs follow from the content.
/// Refuses (our bug) what has no segment; environment errors as base::write_file. [DICOM PS3.3 A.19]
WrittenObject write_rtstruct(const Segmentation& regions, const SourceSeries& source,
                             const std::filesystem::path& file);

}  // namespace netpet::dicom
