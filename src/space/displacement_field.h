#pragma once

#include <span>
#include <vector>

#include "space/geometry.h"

namespace netpet::space {

/// Three components in single precision, mm along LPS: one node of a field.
struct Vec3f {
  float x = 0, y = 0, z = 0;
  bool operator==(const Vec3f&) const = default;
};

inline Vec3f operator+(Vec3f a, Vec3f b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vec3f operator-(Vec3f a, Vec3f b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vec3f operator*(Vec3f a, float s) {
  return {a.x * s, a.y * s, a.z * s};
}
inline float dot(Vec3f a, Vec3f b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

inline Vec3 wide(Vec3f v) {
  return {double(v.x), double(v.y), double(v.z)};
}

/// Displacements (or velocities), mm, at the nodes of a grid of cubes along the patient's axes: trilinear
/// between them, and beyond the grid as at its border.
class DisplacementField {
 public:
  /// Refuses (our bug) a grid that is turned, not of cubes or empty, and nodes that do not fill it.
  DisplacementField(Geometry grid, std::vector<Vec3f> nodes);
  explicit DisplacementField(const Geometry& grid)
      : DisplacementField(grid, std::vector<Vec3f>(grid.voxels())) {}

  const Geometry& grid() const { return grid_; }
  const std::vector<Vec3f>& nodes() const { return nodes_; }
  std::vector<Vec3f>& nodes() { return nodes_; }

  Vec3f at(PointLps p) const {
    const auto [i, u] = place(p.x - grid_.origin.x, 0);
    const auto [j, v] = place(p.y - grid_.origin.y, 1);
    const auto [k, w] = place(p.z - grid_.origin.z, 2);
    const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(grid_.size[0]) * grid_.size[1];
    const std::ptrdiff_t right = i + 1 < grid_.size[0] ? 1 : 0;
    const std::ptrdiff_t down = j + 1 < grid_.size[1] ? grid_.size[0] : 0;
    const Vec3f* a = nodes_.data() + k * plane + static_cast<std::ptrdiff_t>(j) * grid_.size[0] + i;
    const Vec3f* b = a + (k + 1 < grid_.size[2] ? plane : 0);
    const auto bilinear = [right, down, across = u, along = v](const Vec3f* c) {
      const Vec3f upper = c[0] + (c[right] - c[0]) * across,
                  lower = c[down] + (c[down + right] - c[down]) * across;
      return upper + (lower - upper) * along;
    };
    const Vec3f front = bilinear(a);
    return front + (bilinear(b) - front) * w;
  }

  /// at(start + n · step along x) for n = 0 … result.size() − 1, the nodes' rows met once instead of at each
  /// place.
  void along_x(PointLps start, double step_mm, std::span<Vec3f> result) const;

 private:
  /// The first of two neighbouring nodes of an axis, and how far the place lies from it towards the second.
  struct Place {
    int first = 0;
    float part = 0;
  };
  Place place(double mm, std::size_t axis) const {
    const double nodes = mm * per_mm_, last = grid_.size[axis] - 1;
    const double inside = nodes < 0 ? 0 : nodes > last ? last : nodes;
    const int first = static_cast<int>(inside);
    return {first, static_cast<float>(inside - first)};
  }

  Geometry grid_;
  std::vector<Vec3f> nodes_;
  double per_mm_ = 1;
};

}  // namespace netpet::space
