#include "report/plane.h"

#include <algorithm>
#include <cmath>

namespace netpet::report {
namespace {

int pixels(double length_mm, double pixel_mm) {
  return std::max(1, static_cast<int>(std::lround(length_mm / pixel_mm)));
}

}  // namespace

Box box_of(const space::Geometry& geometry) {
  Box box;
  for (int corner = 0; corner < 8; ++corner) {
    const space::PointLps p = geometry.to_lps(space::IndexIjk{corner & 1 ? geometry.size[0] - 1 : 0,
                                                              corner & 2 ? geometry.size[1] - 1 : 0,
                                                              corner & 4 ? geometry.size[2] - 1 : 0});
    const space::Vec3 v{p.x, p.y, p.z};
    for (int axis = 0; axis < 3; ++axis) {
      box.low[axis] = corner == 0 ? v[axis] : std::min(box.low[axis], v[axis]);
      box.high[axis] = corner == 0 ? v[axis] : std::max(box.high[axis], v[axis]);
    }
  }
  return box;
}

Plane axial_plane(const Box& box, double z_mm, double pixel_mm) {
  return {{box.low.x, box.low.y, z_mm},
          {1, 0, 0},
          {0, 1, 0},
          pixel_mm,
          pixels(box.high.x - box.low.x, pixel_mm),
          pixels(box.high.y - box.low.y, pixel_mm)};
}

Plane coronal_plane(const Box& box, double y_mm, double pixel_mm) {
  return {{box.low.x, y_mm, box.high.z},
          {1, 0, 0},
          {0, 0, -1},
          pixel_mm,
          pixels(box.high.x - box.low.x, pixel_mm),
          pixels(box.high.z - box.low.z, pixel_mm)};
}

Plane sagittal_plane(const Box& box, double x_mm, double pixel_mm) {
  return {{x_mm, box.low.y, box.high.z},
          {0, 1, 0},
          {0, 0, -1},
          pixel_mm,
          pixels(box.high.y - box.low.y, pixel_mm),
          pixels(box.high.z - box.low.z, pixel_mm)};
}

}  // namespace netpet::report
