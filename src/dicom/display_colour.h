#pragma once

#include <array>
#include <cstdint>

namespace netpet::dicom {

/// sRGB, 0 … 255.
struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
};

/// A colour as DICOM recommends it for display: CIELab of the ICC profile connection space (white D50),
/// L* 0 … 100 and a*, b* −128 … 127 each over 0 … 65535. [DICOM PS3.3 C.10.7.1.1; IEC 61966-2-1;
/// Bradford adaptation of ICC.1]
std::array<std::uint16_t, 3> display_cielab(Rgb colour);

}  // namespace netpet::dicom
