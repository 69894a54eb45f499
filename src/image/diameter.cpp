#include "image/diameter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace netpet::image {

namespace {

using space::Vec3;

/// The first and last voxel of a line of voxels along one axis.
struct Extent {
  int first, last;
};

/// Where the surface crosses the lines of voxel centres along `axis`, mm along the grid's axes. Of each line
/// only the outermost crossings are kept: a farthest point is always one of them.
void add_crossings(const space::Geometry& grid, const Region& region, int axis, std::vector<Vec3>& points) {
  std::map<std::pair<int, int>, Extent> lines;
  const int u = (axis + 1) % 3, v = (axis + 2) % 3;
  for (const std::size_t offset : region) {
    const space::IndexIjk at = grid.index(offset);
    const std::array<int, 3> c{at.i, at.j, at.k};
    const int along = c[static_cast<std::size_t>(axis)];
    const auto [line, is_new] = lines.try_emplace(
        {c[static_cast<std::size_t>(u)], c[static_cast<std::size_t>(v)]}, Extent{along, along});
    line->second.first = std::min(line->second.first, along);
    line->second.last = std::max(line->second.last, along);
  }
  for (const auto& [across, extent] : lines)
    for (const double along : {extent.first - 0.5, extent.last + 0.5}) {
      Vec3 point;
      point[axis] = along * grid.spacing[axis];
      point[u] = across.first * grid.spacing[u];
      point[v] = across.second * grid.spacing[v];
      points.push_back(point);
    }
}

double farthest_pair(const std::vector<Vec3>& points) {
  double squared = 0;
  for (std::size_t a = 0; a < points.size(); ++a)
    for (std::size_t b = a + 1; b < points.size(); ++b) {
      const Vec3 d = points[a] - points[b];
      squared = std::max(squared, dot(d, d));
    }
  return std::sqrt(squared);
}

}  // namespace

base::Computed<double> longest_diameter_mm(const space::Geometry& grid, const Region& region) {
  if (region.empty()) return base::NotComputable{"empty region"};
  std::vector<Vec3> points;
  for (int axis = 0; axis < 3; ++axis) add_crossings(grid, region, axis, points);
  return farthest_pair(points);
}

base::Computed<double> longest_axial_diameter_mm(const space::Geometry& grid, const Region& region) {
  if (region.empty()) return base::NotComputable{"empty region"};
  double longest = 0;
  const std::size_t slice_voxels =
      static_cast<std::size_t>(grid.size[0]) * static_cast<std::size_t>(grid.size[1]);
  for (auto begin = region.begin(); begin != region.end();) {
    const std::size_t slice = *begin / slice_voxels;
    const auto end =
        std::find_if(begin, region.end(), [&](std::size_t v) { return v / slice_voxels != slice; });
    const Region in_slice(begin, end);
    std::vector<Vec3> points;
    for (int axis = 0; axis < 2; ++axis) add_crossings(grid, in_slice, axis, points);
    longest = std::max(longest, farthest_pair(points));
    begin = end;
  }
  return longest;
}

}  // namespace netpet::image
