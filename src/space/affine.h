#pragma once

#include <array>

#include "space/vec3.h"

namespace netpet::space {

/// q = linear · p + translation, LPS mm to LPS mm. Which space is which stands at each use
/// ("fixed LPS → moving LPS").
struct Affine {
  Mat3 linear;
  Vec3 translation;

  bool operator==(const Affine&) const = default;
  PointLps operator()(PointLps p) const {
    const Vec3 q = linear * Vec3{p.x, p.y, p.z} + translation;
    return {q.x, q.y, q.z};
  }
  Affine inverted() const;
  /// First `other`, then this.
  Affine after(const Affine& other) const;
  /// 16 numbers, row-major, last row 0 0 0 1.
  std::array<double, 16> row_major() const;
};

/// A rotation about `centre` by angles in degrees about the x, y and z axes (applied in the order x, y, z),
/// then a shift.
Affine rigid(PointLps centre, Vec3 degrees, Vec3 shift_mm);

}  // namespace netpet::space
