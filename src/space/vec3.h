#pragma once

#include <array>
#include <cmath>

namespace netpet::space {

/// A direction or a difference of points in DICOM patient coordinates (LPS), mm unless said otherwise.
struct Vec3 {
  double x = 0, y = 0, z = 0;
  bool operator==(const Vec3&) const = default;
  double operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }
  double& operator[](int axis) { return axis == 0 ? x : axis == 1 ? y : z; }
};

inline Vec3 operator+(Vec3 a, Vec3 b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vec3 operator-(Vec3 a, Vec3 b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vec3 operator*(Vec3 a, double s) {
  return {a.x * s, a.y * s, a.z * s};
}
inline double dot(Vec3 a, Vec3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vec3 cross(Vec3 a, Vec3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(Vec3 a) {
  return std::sqrt(dot(a, a));
}

/// A point in DICOM patient coordinates (LPS), mm.
struct PointLps {
  double x = 0, y = 0, z = 0;
  bool operator==(const PointLps&) const = default;
};

inline PointLps operator+(PointLps p, Vec3 v) {
  return {p.x + v.x, p.y + v.y, p.z + v.z};
}
inline Vec3 operator-(PointLps a, PointLps b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline double distance(PointLps a, PointLps b) {
  return norm(a - b);
}

/// A voxel: column i, row j, slice k, each from 0.
struct IndexIjk {
  int i = 0, j = 0, k = 0;
  bool operator==(const IndexIjk&) const = default;
};

/// A place between voxels, in units of voxels; voxel centres have whole numbers.
struct ContinuousIjk {
  double i = 0, j = 0, k = 0;
};

/// A 3 × 3 matrix, row-major.
struct Mat3 {
  std::array<double, 9> m{1, 0, 0, 0, 1, 0, 0, 0, 1};
  bool operator==(const Mat3&) const = default;
  double operator()(int row, int column) const { return m[static_cast<std::size_t>(row * 3 + column)]; }
  double& operator()(int row, int column) { return m[static_cast<std::size_t>(row * 3 + column)]; }
  Vec3 operator*(Vec3 v) const {
    return {m[0] * v.x + m[1] * v.y + m[2] * v.z, m[3] * v.x + m[4] * v.y + m[5] * v.z,
            m[6] * v.x + m[7] * v.y + m[8] * v.z};
  }
  Mat3 operator*(const Mat3& other) const;
  Mat3 transposed() const { return {{m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]}}; }
  double determinant() const {
    return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
           m[2] * (m[3] * m[7] - m[4] * m[6]);
  }
  /// Refuses (our bug) a singular matrix.
  Mat3 inverted() const;
};

}  // namespace netpet::space
