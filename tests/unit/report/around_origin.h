#pragma once

#include "space/geometry.h"

namespace netpet::report {

/// 80 × 80 × 9 voxels of 4 mm around the origin; rows run along `direction`.
template <class Volume>
Volume around_origin(const space::Mat3& direction = {}) {
  space::Geometry grid;
  grid.spacing = {4, 4, 4};
  grid.size = {80, 80, 9};
  grid.direction = direction;
  const space::Vec3 half = direction * space::Vec3{158, 158, 16};
  grid.origin = {-half.x, -half.y, -half.z};
  return Volume(grid);
}

}  // namespace netpet::report
