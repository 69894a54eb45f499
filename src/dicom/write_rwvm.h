#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dicom/derived_object.h"

namespace netpet::dicom {

/// What the stored pixels of a PET series are in SUV.
struct SuvMapping {
  std::string type = "bw";        ///< bw, lbm-janma, lbm-james128, lbm-james120, bsa, ibw
  std::vector<double> per_slice;  ///< SUV for 1 of the rescaled pixel value; slice k = 0 first
};

/// Writes one Real World Value Mapping object for a PET series: for each of its images the slope and
/// intercept that turn stored values into SUV, which are the image's own rescale slope and intercept times
/// the factor of its slice. UIDs follow from the content, dates are those of the scan: the same input gives
/// the same bytes. Environment errors as base::write_file. [DICOM PS3.3 A.46; PS3.16 CID 84]
WrittenObject write_rwvm(const SourceSeries& pet, const SuvMapping& mapping,
                         const std::filesystem::path& file);

}  // namespace netpet::dicom
