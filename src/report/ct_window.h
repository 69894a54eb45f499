#pragma once

#include <cstdint>

#include "report/palette.h"

namespace netpet::report {

/// The grey of a CT value in the usual window of the abdomen, −160 to 240 HU: 0 below, 255 above.
inline std::uint8_t grey_of_hu(double hu) {
  constexpr double kLowestHu = -160, kHighestHu = 240;
  return sample_of((hu - kLowestHu) / (kHighestHu - kLowestHu));
}

}  // namespace netpet::report
