#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "space/vec3.h"

namespace netpet::space {

/// The grid of an image without its pixels: where voxel centres lie in the patient.
///
/// point = origin + direction · (i·spacing.x, j·spacing.y, k·spacing.z). The columns of `direction` are the
/// unit vectors of the i (column), j (row) and k (slice) axes in LPS. Voxels are stored with i fastest.
struct Geometry {
  PointLps origin;  ///< centre of voxel (0,0,0), mm
  Vec3 spacing{1, 1, 1};
  Mat3 direction;
  std::array<int, 3> size{0, 0, 0};
  std::string frame_of_reference_uid;

  bool operator==(const Geometry&) const = default;

  std::size_t voxels() const {
    return static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
           static_cast<std::size_t>(size[2]);
  }
  double voxel_volume_ml() const { return spacing.x * spacing.y * spacing.z / 1000; }

  PointLps to_lps(ContinuousIjk index) const {
    return origin + direction * Vec3{index.i * spacing.x, index.j * spacing.y, index.k * spacing.z};
  }
  PointLps to_lps(IndexIjk index) const {
    return to_lps(ContinuousIjk{double(index.i), double(index.j), double(index.k)});
  }
  /// From a voxel to the next along an axis, mm.
  Vec3 step(int axis) const {
    return Vec3{direction(0, axis), direction(1, axis), direction(2, axis)} * spacing[axis];
  }
  /// The inverse of `to_lps`; `direction` is orthonormal.
  ContinuousIjk to_ijk(PointLps point) const {
    const Vec3 local = direction.transposed() * (point - origin);
    return {local.x / spacing.x, local.y / spacing.y, local.z / spacing.z};
  }
  /// The voxel whose centre lies nearest, which may be outside the grid.
  IndexIjk nearest(PointLps point) const {
    const ContinuousIjk c = to_ijk(point);
    return {static_cast<int>(std::lround(c.i)), static_cast<int>(std::lround(c.j)),
            static_cast<int>(std::lround(c.k))};
  }
  bool contains(IndexIjk index) const {
    return index.i >= 0 && index.j >= 0 && index.k >= 0 && index.i < size[0] && index.j < size[1] &&
           index.k < size[2];
  }
  std::size_t offset(IndexIjk index) const {
    return (static_cast<std::size_t>(index.k) * static_cast<std::size_t>(size[1]) +
            static_cast<std::size_t>(index.j)) *
               static_cast<std::size_t>(size[0]) +
           static_cast<std::size_t>(index.i);
  }
  IndexIjk index(std::size_t offset) const {
    const auto nx = static_cast<std::size_t>(size[0]), ny = static_cast<std::size_t>(size[1]);
    return {static_cast<int>(offset % nx), static_cast<int>(offset / nx % ny),
            static_cast<int>(offset / nx / ny)};
  }
};

/// Whether both grids have the same voxel centres to within `tolerance_mm` at their corners, and the same
/// size.
bool same_grid(const Geometry& a, const Geometry& b, double tolerance_mm = 1e-3);

/// The grid in the same field of view with about `spacing_mm` isotropic voxels; axes kept.
Geometry with_spacing(const Geometry& geometry, double spacing_mm);

}  // namespace netpet::space
