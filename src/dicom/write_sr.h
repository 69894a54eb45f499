#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "dicom/derived_object.h"
#include "dicom/sr_content.h"

namespace netpet::dicom {

/// Who signed a report, and when.
struct Verification {
  std::string observer;      ///< DICOM person name
  std::string organization;  ///< never empty
  base::Instant time;
};

/// A name as people write it as a PN value: one component of at most 64 characters.
std::string person_name_of(const std::string& name);

/// A structured report in the making.
struct StructuredReport {
  std::string series_description;
  int series_number = 0;
  sr::Item content;  ///< the root, a container
  /// Every object that the content refers to.
  std::vector<WrittenObject> evidence;
  std::vector<const SourceSeries*> evidence_series;
  std::optional<Verification> verified = {};
};

/// Writes a Comprehensive 3D SR, complete, VERIFIED and final where it was signed and else UNVERIFIED and
/// preliminary, into the patient and study of
/// `source`. UIDs follow from the content. Environment errors as base::write_file. [DICOM PS3.3 A.35.13]
WrittenObject write_sr(const StructuredReport& report, const SourceSeries& source,
                       const std::filesystem::path& file);

}  // namespace netpet::dicom
