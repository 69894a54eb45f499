#include "space/affine.h"

#include <numbers>

namespace netpet::space {

Affine Affine::inverted() const {
  const Mat3 inverse = linear.inverted();
  return {inverse, inverse * translation * -1.0};
}

Affine Affine::after(const Affine& other) const {
  return {linear * other.linear, linear * other.translation + translation};
}

std::array<double, 16> Affine::row_major() const {
  std::array<double, 16> numbers{};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column)
      numbers[static_cast<std::size_t>(row * 4 + column)] = linear(row, column);
    numbers[static_cast<std::size_t>(row * 4 + 3)] = translation[row];
  }
  numbers[15] = 1;
  return numbers;
}

Affine rigid(PointLps centre, Vec3 degrees, Vec3 shift_mm) {
  const double radians = std::numbers::pi / 180;
  const double cx = std::cos(degrees.x * radians), sx = std::sin(degrees.x * radians);
  const double cy = std::cos(degrees.y * radians), sy = std::sin(degrees.y * radians);
  const double cz = std::cos(degrees.z * radians), sz = std::sin(degrees.z * radians);
  const Mat3 rx{{1, 0, 0, 0, cx, -sx, 0, sx, cx}}, ry{{cy, 0, sy, 0, 1, 0, -sy, 0, cy}},
      rz{{cz, -sz, 0, sz, cz, 0, 0, 0, 1}};
  const Mat3 rotation = rz * ry * rx;
  const Vec3 c{centre.x, centre.y, centre.z};
  return {rotation, c - rotation * c + shift_mm};
}

}  // namespace netpet::space
