#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace netpet::dicom {

/// The samples of a JPEG-LS image of one component, and their precision in bits.
struct JpegLsImage {
  std::vector<std::uint16_t> samples;
  int precision = 0;
};

/// Decodes one JPEG-LS code stream, lossless or near-lossless, of one component with exactly `columns` ×
/// `rows` samples of 2 to 16 bits. Refuses (`malformed_pixels`) any other content before it allocates an
/// image, and a stream that is broken or ends early. [ITU-T T.87]
JpegLsImage decode_jpeg_ls(std::span<const std::uint8_t> stream, int columns, int rows);

}  // namespace netpet::dicom
