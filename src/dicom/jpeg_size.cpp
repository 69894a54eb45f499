#include "dicom/jpeg_size.h"

#include <cstddef>

namespace netpet::dicom {
namespace {

/// SOF0 … SOF15 without DHT, JPG and DAC, which lie between them.
bool is_frame_header(int marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

bool announces_jpeg_of(std::span<const std::uint8_t> stream, int columns, int rows) {
  constexpr int soi = 0xD8, sos = 0xDA;
  const auto u16 = [&](std::size_t at) { return stream[at] << 8 | stream[at + 1]; };
  if (stream.size() < 2 || u16(0) != (0xFF00 | soi)) return false;
  for (std::size_t at = 2; at + 4 <= stream.size();) {
    if (stream[at] != 0xFF) return false;
    const int marker = stream[at + 1];
    if (marker == 0xFF) {
      ++at;  // fill byte
      continue;
    }
    if (marker == sos) return false;
    const auto length = static_cast<std::size_t>(u16(at + 2));
    if (is_frame_header(marker)) {
      constexpr std::size_t needed = 10;  // marker, length, precision, rows, columns, components
      return at + needed <= stream.size() && u16(at + 5) == rows && u16(at + 7) == columns &&
             stream[at + 9] == 1;
    }
    if (length < 2) return false;
    at += 2 + length;
  }
  return false;
}

}  // namespace netpet::dicom
