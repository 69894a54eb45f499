#include "image/index_map.h"

namespace netpet::image {
namespace {

space::Affine index_to_lps(const space::Geometry& grid) {
  space::Mat3 scaled = grid.direction;
  for (int row = 0; row < 3; ++row)
    for (int axis = 0; axis < 3; ++axis) scaled(row, axis) *= grid.spacing[axis];
  return {scaled, {grid.origin.x, grid.origin.y, grid.origin.z}};
}

}  // namespace

space::Affine lps_to_index(const space::Geometry& grid) {
  space::Mat3 scaled = grid.direction.transposed();
  for (int axis = 0; axis < 3; ++axis)
    for (int column = 0; column < 3; ++column) scaled(axis, column) /= grid.spacing[axis];
  const space::Vec3 origin{grid.origin.x, grid.origin.y, grid.origin.z};
  return {scaled, scaled * origin * -1.0};
}

space::Affine index_map(const space::Geometry& target, const space::Affine& target_to_source,
                        const space::Geometry& source) {
  return lps_to_index(source).after(target_to_source.after(index_to_lps(target)));
}

}  // namespace netpet::image
