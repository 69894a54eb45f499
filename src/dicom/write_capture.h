#pragma once

#include <filesystem>
#include <string>

#include "dicom/derived_object.h"
#include "image/png.h"

namespace netpet::dicom {

/// A picture to be stored with images.
struct PictureToCapture {
  const image::Picture& picture;  ///< grey or red-green-blue, 8 bits
  std::string series_description;
  int series_number = 0;
};

/// Writes a Secondary Capture Image into the patient and study of `source`, which it names as what it was
/// derived from. UIDs follow from the content. Environment errors as base::write_file. [DICOM PS3.3 A.8.1]
WrittenObject write_capture(const PictureToCapture& capture, const SourceSeries& source,
                            const std::filesystem::path& file);

}  // namespace netpet::dicom
