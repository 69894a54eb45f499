#include "measure/solid.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "base/error.h"
#include "image/mask.h"
#include "measure/convex_hull.h"
#include "measure/marching_cubes.h"

namespace netpet::measure {

namespace {

using space::Vec3;

Vec3 scaled(const HalfVoxel& point, Vec3 spacing) {
  return {static_cast<double>(point[0]) / 2 * spacing.x, static_cast<double>(point[1]) / 2 * spacing.y,
          static_cast<double>(point[2]) / 2 * spacing.z};
}

/// Signed volume and area of a closed surface of triangles.
struct Surface {
  double volume = 0, area = 0;
  void add(Vec3 a, Vec3 b, Vec3 c) {
    volume += dot(a, cross(b, c)) / 6;
    area += norm(cross(b - a, c - a)) / 2;
  }
};

/// A block of a region's voxels with a border of one.
struct Block {
  std::array<int, 3> size{};
  std::vector<std::uint8_t> inside;
  std::size_t at(int i, int j, int k) const {
    return (static_cast<std::size_t>(k) * static_cast<std::size_t>(size[1]) + static_cast<std::size_t>(j)) *
               static_cast<std::size_t>(size[0]) +
           static_cast<std::size_t>(i);
  }
};

Block block_of(const space::Geometry& grid, const image::Region& region, const image::Box& box) {
  Block block;
  for (std::size_t axis = 0; axis < 3; ++axis) block.size[axis] = box.last[axis] - box.first[axis] + 3;
  block.inside.assign(block.at(0, 0, block.size[2]), 0);
  for (const std::size_t voxel : region) {
    const space::IndexIjk at = grid.index(voxel);
    block.inside[block.at(at.i - box.first[0] + 1, at.j - box.first[1] + 1, at.k - box.first[2] + 1)] = 1;
  }
  return block;
}

Surface mesh_of(const Block& block, Vec3 spacing) {
  Surface surface;
  for (int k = 0; k + 1 < block.size[2]; ++k)
    for (int j = 0; j + 1 < block.size[1]; ++j)
      for (int i = 0; i + 1 < block.size[0]; ++i) {
        unsigned corners = 0;
        for (unsigned corner = 0; corner < 8; ++corner)
          corners |= static_cast<unsigned>(block.inside[block.at(i + static_cast<int>(corner & 1),
                                                                 j + static_cast<int>(corner >> 1 & 1),
                                                                 k + static_cast<int>(corner >> 2))])
                     << corner;
        const auto place = [&](int edge) {
          const CubeEdge& one = cube_edges()[static_cast<std::size_t>(edge)];
          return scaled(
              {2 * i + (one.from & 1) + (one.to & 1), 2 * j + (one.from >> 1 & 1) + (one.to >> 1 & 1),
               2 * k + (one.from >> 2) + (one.to >> 2)},
              spacing);
        };
        for (const CubeTriangle& t : marching_cubes()[corners])
          surface.add(place(t[0]), place(t[1]), place(t[2]));
      }
  return surface;
}

/// The outermost mid-points of the surface on each line of voxels along each axis: the hull has no other
/// corners.
std::vector<HalfVoxel> outermost(const Block& block) {
  std::vector<HalfVoxel> points;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::size_t u = (axis + 1) % 3, v = (axis + 2) % 3;
    std::array<int, 3> at{};
    for (at[v] = 0; at[v] < block.size[v]; ++at[v])
      for (at[u] = 0; at[u] < block.size[u]; ++at[u]) {
        int first = -1, last = -1;
        for (at[axis] = 0; at[axis] < block.size[axis]; ++at[axis])
          if (block.inside[block.at(at[0], at[1], at[2])] != 0) {
            if (first < 0) first = at[axis];
            last = at[axis];
          }
        if (first < 0) continue;
        HalfVoxel point{2 * at[0], 2 * at[1], 2 * at[2]};
        point[axis] = 2 * first - 1;
        points.push_back(point);
        point[axis] = 2 * last + 1;
        points.push_back(point);
      }
  }
  return points;
}

struct HullMeasures {
  Surface surface;
  double diameter = 0;
};

HullMeasures hull_of(const Block& block, Vec3 spacing) {
  const std::vector<HalfVoxel> points = outermost(block);
  HullMeasures hull;
  std::set<std::size_t> corners;
  for (const auto& t : convex_hull(points)) {
    hull.surface.add(scaled(points[t[0]], spacing), scaled(points[t[1]], spacing),
                     scaled(points[t[2]], spacing));
    corners.insert(t.begin(), t.end());
  }
  std::vector<Vec3> places;
  places.reserve(corners.size());
  for (const std::size_t corner : corners) places.push_back(scaled(points[corner], spacing));
  for (std::size_t a = 0; a < places.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) hull.diameter = std::max(hull.diameter, norm(places[a] - places[b]));
  return hull;
}

/// Eigenvalues of a symmetric matrix by Jacobi's rotations, falling.
std::array<double, 3> eigenvalues(space::Mat3 m) {
  constexpr int kSweeps = 30;  // converges quadratically; ten are enough for any matrix
  for (int sweep = 0; sweep < kSweeps; ++sweep)
    for (int p = 0; p < 2; ++p)
      for (int q = p + 1; q < 3; ++q) {
        if (m(p, q) == 0) continue;
        const double angle = 0.5 * std::atan2(2 * m(p, q), m(q, q) - m(p, p));
        space::Mat3 turn;
        turn(p, p) = turn(q, q) = std::cos(angle);
        turn(p, q) = std::sin(angle);
        turn(q, p) = -std::sin(angle);
        m = turn.transposed() * m * turn;
        m(p, q) = m(q, p) = 0;
      }
  std::array<double, 3> values{m(0, 0), m(1, 1), m(2, 2)};
  std::sort(values.begin(), values.end(), std::greater<>());
  for (double& value : values) value = std::max(value, 0.0);
  return values;
}

void add_moments(const space::Geometry& grid, const image::Region& region, Solid& solid) {
  const auto place = [&](std::size_t voxel) {
    const space::IndexIjk at = grid.index(voxel);
    return Vec3{at.i * grid.spacing.x, at.j * grid.spacing.y, at.k * grid.spacing.z};
  };
  const double each = 1 / static_cast<double>(region.size());
  for (const std::size_t voxel : region) solid.centroid = solid.centroid + place(voxel) * each;
  space::Mat3 covariance{{0, 0, 0, 0, 0, 0, 0, 0, 0}};
  for (const std::size_t voxel : region) {
    const Vec3 from_centre = place(voxel) - solid.centroid;
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column)
        covariance(row, column) += from_centre[row] * from_centre[column];
  }
  const double freedom = static_cast<double>(std::max<std::size_t>(region.size() - 1, 1));
  for (double& entry : covariance.m) entry /= freedom;
  solid.variances_mm2 = eigenvalues(covariance);
}

}  // namespace

double Solid::axis_mm(std::size_t axis) const {
  return 4 * std::sqrt(variances_mm2[axis]);
}

Solid solid_of(const space::Geometry& grid, const image::Region& region) {
  base::check(!region.empty(), "an empty region has no shape");
  const image::Box box = image::bounding_box(grid, region);
  const Block block = block_of(grid, region, box);
  Solid solid;
  const Surface mesh = mesh_of(block, grid.spacing);
  const HullMeasures hull = hull_of(block, grid.spacing);
  solid.mesh_volume_mm3 = mesh.volume;
  solid.mesh_area_mm2 = mesh.area;
  solid.hull_volume_mm3 = hull.surface.volume;
  solid.diameter_mm = hull.diameter;
  solid.hull_area_mm2 = hull.surface.area;
  solid.box_mm = {(block.size[0] - 2) * grid.spacing.x, (block.size[1] - 2) * grid.spacing.y,
                  (block.size[2] - 2) * grid.spacing.z};
  add_moments(grid, region, solid);
  return solid;
}

double ellipsoid_area(double a, double b, double c) {
  constexpr int kTerms = 20;
  const double alpha = std::sqrt(1 - b * b / (a * a)), beta = std::sqrt(1 - c * c / (a * a));
  // (αβ)^n P_n((α² + β²) / 2αβ) by Legendre's recurrence, which stays finite where α or β is 0.
  const double product = alpha * beta, mean = (alpha * alpha + beta * beta) / 2;
  double before = 1, now = mean, sum = 1 + mean / (1 - 4);
  for (int n = 1; n < kTerms; ++n) {
    const double next = ((2 * n + 1) * mean * now - n * product * product * before) / (n + 1);
    before = now;
    now = next;
    sum += now / (1 - 4.0 * (n + 1) * (n + 1));
  }
  return 4 * std::numbers::pi * a * b * sum;
}

}  // namespace netpet::measure
