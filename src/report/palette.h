#pragma once

#include <algorithm>
#include <cstdint>

#include "report/canvas.h"
#include "report/shown.h"

/// The colours of pictures and pages: distinguishable with the common colour-vision deficiencies, at
/// least 4.5 : 1 on white.
namespace netpet::report {

constexpr Colour kWhite{255, 255, 255};
constexpr Colour kInk{27, 38, 49};
constexpr Colour kMuted{90, 102, 115};
constexpr Colour kHairline{214, 220, 226};
constexpr Colour kAccent{18, 80, 107};  ///< headings
constexpr Colour kCaveat{122, 67, 0};   ///< what limits a statement

constexpr Colour colour_of(LesionClass lesion_class) {
  switch (lesion_class) {
    case LesionClass::sstr_only:
      return {16, 94, 160};
    case LesionClass::both:
      return {148, 84, 0};
    case LesionClass::fdg_only:
      return {179, 32, 40};
    case LesionClass::neither:
      return {84, 64, 140};
    case LesionClass::one_tracer:
      return {0, 104, 94};
    case LesionClass::not_counted:
      break;
  }
  return {125, 134, 143};
}

/// A share of full brightness as the sample of a picture, the nearest of 0 … 255.
constexpr std::uint8_t sample_of(double share) {
  return static_cast<std::uint8_t>((510 * std::clamp(share, 0.0, 1.0) + 1) / 2);
}

}  // namespace netpet::report
