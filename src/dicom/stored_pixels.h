#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "dicom/instance.h"

namespace netpet::dicom {

/// The numbers of one image as they are stored, row by row, in their own type.
using StoredPixels =
    std::variant<std::vector<std::uint8_t>, std::vector<std::int8_t>, std::vector<std::uint16_t>,
                 std::vector<std::int16_t>, std::vector<std::uint32_t>, std::vector<std::int32_t>,
                 std::vector<float>, std::vector<double>>;

/// Reads one image; whole numbers are masked to their stored bits and sign-extended. Native and RLE storage,
/// JPEG, JPEG-LS, JPEG 2000 and HTJ2K; lossless ones bit-exact. Refuses `truncated_pixels`,
/// `malformed_pixels` and `transfer_syntax_not_supported`. The instance has passed `stack_slices`, which
/// bounds its size.
StoredPixels read_stored_pixels(const Instance& instance);

}  // namespace netpet::dicom
