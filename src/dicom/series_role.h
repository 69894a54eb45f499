#pragma once

#include <string_view>

#include "dicom/instance.h"
#include "record/study.h"

namespace netpet::dicom {

/// What one object is, by SOP class where it names one and by modality where it does not. An image counts as
/// attenuation corrected unless its header says otherwise: Corrected Image without ATTN, an attenuation
/// correction method "none", or units of proportional counts (a scanner that lists ATTN for an uncorrected
/// image writes those). SPECT that is stored as PET counts as PET. Projections, screen captures and nuclear
/// medicine objects are `other`.
record::SeriesRole role_of(const Instance& instance);

/// An image of PET or CT, whatever its role.
bool is_scanner_image(const Instance& instance);
/// Enhanced and Legacy Converted Enhanced PET and CT: multi-frame objects with functional groups.
bool is_enhanced(std::string_view sop_class_uid);
inline constexpr std::string_view enhanced_pet_class = "1.2.840.10008.5.1.4.1.1.130";

/// A directory of files (DICOMDIR), which is no part of a study.
bool is_directory_object(std::string_view sop_class_uid);

}  // namespace netpet::dicom
