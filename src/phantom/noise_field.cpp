#include "phantom/noise_field.h"

#include <cmath>

#include "base/random.h"

namespace netpet::phantom {
namespace {

constexpr int kCells = 32;  // period; a power of two, so that wrapping is one mask
constexpr float kUnitVariance =
    1.6F;  // interpolation lowers the variance of white lattice values by about 1.6²

std::size_t at(int x, int y, int z) {
  constexpr int mask = kCells - 1;
  return static_cast<std::size_t>(((z & mask) * kCells + (y & mask)) * kCells + (x & mask));
}

float ease(float t) {
  return t * t * (3 - 2 * t);
}

}  // namespace

NoiseField::NoiseField(std::uint64_t seed, std::uint64_t stream, double cell_mm)
    : per_mm_(1 / cell_mm), lattice_(std::size_t(kCells) * kCells * kCells) {
  base::Random random(seed, stream);
  for (float& value : lattice_) value = kUnitVariance * static_cast<float>(random.normal());
}

float NoiseField::operator()(space::Vec3 p) const {
  const double x = p.x * per_mm_, y = p.y * per_mm_, z = p.z * per_mm_;
  const double fx = std::floor(x), fy = std::floor(y), fz = std::floor(z);
  const int i = static_cast<int>(fx), j = static_cast<int>(fy), k = static_cast<int>(fz);
  const float u = ease(static_cast<float>(x - fx)), v = ease(static_cast<float>(y - fy)),
              w = ease(static_cast<float>(z - fz));
  const auto along_x = [&](int row, int slice) {
    const float a = lattice_[at(i, row, slice)], b = lattice_[at(i + 1, row, slice)];
    return a + (b - a) * u;
  };
  const auto plane = [&](int slice) {
    const float a = along_x(j, slice), b = along_x(j + 1, slice);
    return a + (b - a) * v;
  };
  const float a = plane(k), b = plane(k + 1);
  return a + (b - a) * w;
}

}  // namespace netpet::phantom
