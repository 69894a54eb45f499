#pragma once

#include <cstdint>
#include <vector>

#include "dicom/instance.h"

namespace netpet::dicom {

/// The stored numbers of one image, row by row, as integers: masked to the stored bits and sign-extended.
/// −32768 … 65535. Native, RLE, JPEG, JPEG-LS and JPEG 2000 storage; lossless ones bit-exact.
/// Refuses `truncated_pixels`, `malformed_pixels` and `transfer_syntax_not_supported`. The instance has
/// passed `stack_slices`, which bounds its size.
std::vector<std::int32_t> read_stored_pixels(const Instance& instance);

}  // namespace netpet::dicom
