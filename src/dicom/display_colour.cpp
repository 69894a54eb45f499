#include "dicom/display_colour.h"

#include <algorithm>
#include <cmath>

#include "space/vec3.h"

namespace netpet::dicom {
namespace {

/// The inverse of the sRGB curve, 0 … 1.
double linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double lightness_curve(double ratio) {
  constexpr double epsilon = 216.0 / 24389, kappa = 24389.0 / 27;
  return ratio > epsilon ? std::cbrt(ratio) : (kappa * ratio + 16) / 116;
}

std::uint16_t over_16_bits(double value, double least, double greatest) {
  const double share = std::clamp((value - least) / (greatest - least), 0.0, 1.0);
  return static_cast<std::uint16_t>(std::lround(share * 65535));
}

}  // namespace

std::array<std::uint16_t, 3> display_cielab(Rgb colour) {
  // Linear sRGB to XYZ under D50: the primaries of IEC 61966-2-1 after Bradford adaptation.
  constexpr space::Mat3 to_xyz_d50{
      {0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733}};
  constexpr space::Vec3 white_d50{0.9642, 1.0, 0.8249};
  const space::Vec3 xyz =
      to_xyz_d50 * space::Vec3{linear(colour.red), linear(colour.green), linear(colour.blue)};
  const double fx = lightness_curve(xyz.x / white_d50.x), fy = lightness_curve(xyz.y / white_d50.y),
               fz = lightness_curve(xyz.z / white_d50.z);
  return {over_16_bits(116 * fy - 16, 0, 100), over_16_bits(500 * (fx - fy), -128, 127),
          over_16_bits(200 * (fy - fz), -128, 127)};
}

}  // namespace netpet::dicom
