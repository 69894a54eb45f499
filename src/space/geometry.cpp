#include "space/geometry.h"

#include <algorithm>

namespace netpet::space {

bool same_grid(const Geometry& a, const Geometry& b, double tolerance_mm) {
  if (a.size != b.size) return false;
  for (int corner = 0; corner < 8; ++corner) {
    const IndexIjk index{corner & 1 ? a.size[0] - 1 : 0, corner & 2 ? a.size[1] - 1 : 0,
                         corner & 4 ? a.size[2] - 1 : 0};
    if (distance(a.to_lps(index), b.to_lps(index)) > tolerance_mm) return false;
  }
  return true;
}

Geometry with_spacing(const Geometry& geometry, double spacing_mm) {
  Geometry result = geometry;
  ContinuousIjk first{};
  double* shift[3] = {&first.i, &first.j, &first.k};
  for (int axis = 0; axis < 3; ++axis) {
    const double extent = geometry.spacing[axis] * geometry.size[static_cast<std::size_t>(axis)];
    const int count = std::max(1, static_cast<int>(std::lround(extent / spacing_mm)));
    result.size[static_cast<std::size_t>(axis)] = count;
    result.spacing[axis] = extent / count;
    *shift[axis] =
        (result.spacing[axis] / geometry.spacing[axis] - 1) / 2;  // outer faces of both grids coincide
  }
  result.origin = geometry.to_lps(first);
  return result;
}

}  // namespace netpet::space
