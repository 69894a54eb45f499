#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dicom/derived_object.h"
#include "dicom/sr_content.h"

namespace netpet::dicom {

/// A structured report in the making.
struct StructuredReport {
  std::string series_description;
  int series_number = 0;
  sr::Item content;  ///< the root, a container
  /// Every object that the content refers to.
  std::vector<WrittenObject> evidence;
  std::vector<const SourceSeries*> evidence_series;
};

/// Writes a Comprehensive 3D SR, complete, preliminary and UNVERIFIED, into the patient and study of
/// `source`. UIDs follow from the content. Environment errors as base::write_file. [DICOM PS3.3 A.35.13]
WrittenObject write_sr(const StructuredReport& report, const SourceSeries& source,
                       const std::filesystem::path& file);

}  // namespace netpet::dicom
