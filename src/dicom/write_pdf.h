#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dicom/derived_object.h"

namespace netpet::dicom {

/// A PDF to be stored with images.
struct DocumentToEncapsulate {
  std::string pdf;  ///< bytes of the file
  std::string title;
  std::string series_description;
  int series_number = 0;
};

/// Writes an Encapsulated PDF into the patient and study of `source`, which it names as where it comes from.
/// UIDs follow from the content. Environment errors as base::write_file. [DICOM PS3.3 A.45.1]
WrittenObject write_pdf(const DocumentToEncapsulate& document, const SourceSeries& source,
                        const std::filesystem::path& file);

}  // namespace netpet::dicom
