#include "measure/marching_cubes.h"

#include <bit>
#include <limits>
#include <map>

#include "base/error.h"
#include "space/vec3.h"

namespace netpet::measure {

namespace {

using space::Vec3;

bool inside(int corners, int corner) {
  return (corners >> corner & 1) != 0;
}

int edge_between(int a, int b) {
  const auto& edges = cube_edges();
  for (int edge = 0; edge < 12; ++edge) {
    const CubeEdge& one = edges[static_cast<std::size_t>(edge)];
    if ((one.from == a && one.to == b) || (one.from == b && one.to == a)) return edge;
  }
  base::check(false, "two corners of a cube share no edge");
  return 0;
}

/// The corners of face `face`, against the clock seen from outside the cube.
std::array<int, 4> corners_of_face(int face) {
  const int axis = face / 2, side = face % 2;
  const int u = 1 << (axis + 1) % 3, v = 1 << (axis + 2) % 3, base = side << axis;
  if (side == 1) return {base, base + u, base + u + v, base + v};
  return {base, base + v, base + u + v, base + u};
}

/// Where the surface crosses each face: from edge to edge, with the inside on the right hand seen from
/// outside the cube, so that the segments of one polygon follow each other.
std::map<int, int> segments_of(int corners) {
  std::map<int, int> next;
  for (int face = 0; face < 6; ++face) {
    const std::array<int, 4> ring = corners_of_face(face);
    for (std::size_t at = 0; at < 4; ++at) {
      // A stretch of corners outside begins here; the segment cuts it off from the rest.
      if (inside(corners, ring[at]) || !inside(corners, ring[(at + 3) % 4])) continue;
      std::size_t last = at;
      while (!inside(corners, ring[(last + 1) % 4])) last = (last + 1) % 4;
      const int enters = edge_between(ring[last], ring[(last + 1) % 4]);
      const int leaves = edge_between(ring[(at + 3) % 4], ring[at]);
      next[enters] = leaves;
    }
  }
  return next;
}

std::vector<std::vector<int>> polygons_of(int corners) {
  std::map<int, int> next = segments_of(corners);
  std::vector<std::vector<int>> polygons;
  while (!next.empty()) {
    std::vector<int> polygon;
    int edge = next.begin()->first;
    for (auto at = next.find(edge); at != next.end(); at = next.find(edge)) {
      polygon.push_back(edge);
      edge = at->second;
      next.erase(at);
    }
    polygons.push_back(polygon);
  }
  return polygons;
}

Vec3 middle_of(int edge) {
  const CubeEdge& one = cube_edges()[static_cast<std::size_t>(edge)];
  const auto corner = [](int c) { return Vec3{double(c & 1), double(c >> 1 & 1), double(c >> 2 & 1)}; };
  return (corner(one.from) + corner(one.to)) * 0.5;
}

/// What a cut is to make small, and what decides between cuts that are equal in it: so a mirrored region has
/// the mirrored surface.
struct Cost {
  double first = 0, second = 0;
};
Cost operator+(Cost a, Cost b) {
  return {a.first + b.first, a.second + b.second};
}
bool less(Cost a, Cost b) {
  constexpr double kEqual = 1e-9;
  return a.first < b.first - kEqual || (a.first < b.first + kEqual && a.second < b.second - kEqual);
}

/// The side of the fewer corners is to be convex, so its volume the greatest; where both sides have four, the
/// area is to be the least.
Cost cost_of(const CubeTriangle& t, int corners_inside) {
  const Vec3 a = middle_of(t[0]), b = middle_of(t[1]), c = middle_of(t[2]);
  const double inside = dot(a, cross(b, c)), area = norm(cross(b - a, c - a));
  if (corners_inside == 4) return {area, -inside};
  return {corners_inside < 4 ? -inside : inside, area};
}

struct Cut {
  Cost cost;
  std::vector<CubeTriangle> triangles;
};

/// The best cut of polygon[first … last], whose side first–last is given.
Cut best_cut(const std::vector<int>& polygon, std::size_t first, std::size_t last, int corners_inside) {
  Cut best;
  if (last - first < 2) return best;
  best.cost.first = std::numeric_limits<double>::infinity();
  for (std::size_t apex = first + 1; apex < last; ++apex) {
    const CubeTriangle triangle{polygon[first], polygon[apex], polygon[last]};
    Cut left = best_cut(polygon, first, apex, corners_inside),
        right = best_cut(polygon, apex, last, corners_inside);
    const Cost cost = cost_of(triangle, corners_inside) + left.cost + right.cost;
    if (!less(cost, best.cost)) continue;
    best.cost = cost;
    best.triangles = std::move(left.triangles);
    best.triangles.push_back(triangle);
    best.triangles.insert(best.triangles.end(), right.triangles.begin(), right.triangles.end());
  }
  return best;
}

std::array<std::vector<CubeTriangle>, 256> made() {
  std::array<std::vector<CubeTriangle>, 256> table;
  for (int corners = 0; corners < 256; ++corners)
    for (const std::vector<int>& polygon : polygons_of(corners)) {
      const Cut cut = best_cut(polygon, 0, polygon.size() - 1, std::popcount(static_cast<unsigned>(corners)));
      auto& triangles = table[static_cast<std::size_t>(corners)];
      triangles.insert(triangles.end(), cut.triangles.begin(), cut.triangles.end());
    }
  return table;
}

}  // namespace

const std::array<CubeEdge, 12>& cube_edges() {
  static constexpr std::array<CubeEdge, 12> edges{
      {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}}};
  return edges;
}

const std::array<std::vector<CubeTriangle>, 256>& marching_cubes() {
  static const std::array<std::vector<CubeTriangle>, 256> table = made();
  return table;
}

}  // namespace netpet::measure
