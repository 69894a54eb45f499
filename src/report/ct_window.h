#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace netpet::report {

/// The grey of a CT value in the usual window of the abdomen, −160 to 240 HU: 0 below, 255 above.
inline std::uint8_t grey_of_hu(double hu) {
  constexpr double kLowestHu = -160, kHighestHu = 240;
  return static_cast<std::uint8_t>(
      std::lround(255 * std::clamp((hu - kLowestHu) / (kHighestHu - kLowestHu), 0.0, 1.0)));
}

}  // namespace netpet::report
