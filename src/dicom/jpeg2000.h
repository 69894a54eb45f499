#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace netpet::dicom {

/// Decodes one JPEG 2000 code stream (or JP2 file) of one component with exactly `columns` × `rows` pixels.
/// Refuses (`malformed_pixels`) any other content before it allocates an image.
std::vector<std::int32_t> decode_jpeg2000(std::span<const std::uint8_t> stream, int columns, int rows);

}  // namespace netpet::dicom
