#pragma once

#include <filesystem>
#include <vector>

#include "dicom/attributes.h"
#include "dicom/object_mask.h"

namespace netpet::dicom {

/// The segments of a Segmentation: binary, fractional (a half and more is inside) or label map, native or
/// compressed without loss (one bit a pixel: native alone). A segment of background is none. Refuses
/// `seg_malformed`, `mask_frame`, `truncated_pixels`, `malformed_pixels`, `pixel_format_not_supported`,
/// `transfer_syntax_not_supported`.
std::vector<ObjectMask> read_seg(const std::filesystem::path& file, const FileLayout& layout,
                                 const Attributes& object, const space::Geometry& grid);

}  // namespace netpet::dicom
