#pragma once

#include <filesystem>
#include <string>

#include "base/run.h"
#include "dicom/write_study.h"
#include "image/volume.h"

namespace netpet::dicom {

/// How a CT series was measured.
struct CtAcquisition {
  std::string description = "CT WB";
  int number = 1;
  base::Instant started;
  double kvp = 120;
  double tube_current_ma = 80;
  std::string kernel;  ///< (0018,1210); empty: a soft-tissue kernel of the vendor
};

/// Writes one 16-bit file a slice into `folder` (made where missing), rescale intercept −1024. HU below −1024
/// become −1024, HU above 31743 that.
WrittenSeries write_ct(const image::CtVolume& hounsfield, const StudyToWrite& study,
                       const CtAcquisition& acquisition, const std::filesystem::path& folder,
                       const base::Run& run);

}  // namespace netpet::dicom
