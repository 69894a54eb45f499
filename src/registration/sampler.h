#pragma once

#include <array>

#include "registration/grids.h"
#include "space/affine.h"

namespace netpet::registration {

/// Trilinear values of a field on a patient grid at any place of its world.
class Sampler {
 public:
  explicit Sampler(const Field& field)
      : voxels_(field.voxels().data()),
        origin_(field.geometry().origin),
        per_mm_(1 / field.geometry().spacing.x),
        size_(field.geometry().size) {}

  /// Writes the value at `p`; false, and nothing written, outside the voxel centres.
  bool at(space::PointLps p, float& value) const {
    const double x = (p.x - origin_.x) * per_mm_, y = (p.y - origin_.y) * per_mm_,
                 z = (p.z - origin_.z) * per_mm_;
    if (!(x >= 0 && y >= 0 && z >= 0 && x <= size_[0] - 1 && y <= size_[1] - 1 && z <= size_[2] - 1))
      return false;
    const int i = static_cast<int>(x), j = static_cast<int>(y), k = static_cast<int>(z);
    const auto u = static_cast<float>(x - i), v = static_cast<float>(y - j), w = static_cast<float>(z - k);
    const std::ptrdiff_t right = i + 1 < size_[0] ? 1 : 0;
    const std::ptrdiff_t down = j + 1 < size_[1] ? size_[0] : 0;
    const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(size_[0]) * size_[1];
    const float* a = voxels_ + k * plane + static_cast<std::ptrdiff_t>(j) * size_[0] + i;
    const float* b = a + (k + 1 < size_[2] ? plane : 0);
    const auto bilinear = [&](const float* c) {
      const float upper = c[0] + (c[right] - c[0]) * u, lower = c[down] + (c[down + right] - c[down]) * u;
      return upper + (lower - upper) * v;
    };
    const float front = bilinear(a);
    value = front + (bilinear(b) - front) * w;
    return true;
  }

 private:
  const float* voxels_;
  space::PointLps origin_;
  double per_mm_;
  std::array<int, 3> size_;
};

}  // namespace netpet::registration
