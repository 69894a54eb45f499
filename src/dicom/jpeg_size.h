#pragma once

#include <cstdint>
#include <span>

namespace netpet::dicom {

/// Whether the first frame header of a JPEG stream announces one component of `columns` × `rows` samples: to
/// be asked before a decoder makes room for whatever a damaged header announces. [ITU-T T.81 B.2.2]
bool announces_jpeg_of(std::span<const std::uint8_t> stream, int columns, int rows);

}  // namespace netpet::dicom
