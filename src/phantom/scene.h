#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "phantom/anatomy.h"
#include "phantom/lesion.h"
#include "phantom/pose.h"
#include "space/geometry.h"

namespace netpet::phantom {

/// The patient with the disease, as one session finds them.
class Scene {
 public:
  Scene(const Anatomy& anatomy, const std::vector<SimulatedLesion>& lesions, const BodyMap& map, Phase phase)
      : anatomy_(anatomy), lesions_(lesions), map_(map), phase_(phase) {}

  /// Calls `see(offset within the slice, Sample)` for every voxel of slice `k` that lies in the patient. The
  /// surface of lesions is spread over about one voxel, so that their volume is right on coarse grids. Voxels
  /// come tile by tile.
  template <class See>
  void for_each_in_slice(const space::Geometry& grid, int k, See&& see) const;

 private:
  struct Tile {
    Box standard, body;
    std::vector<Vec3> points;  // body
    std::vector<const Part*> near;
    std::vector<const SimulatedLesion*> lesions;
  };
  void survey(const space::Geometry& grid, int i0, int j0, int i1, int j1, int k, Tile& tile) const;
  Sample sample(Vec3 body, const Tile& tile, double edge_mm) const;

  const Anatomy& anatomy_;
  const std::vector<SimulatedLesion>& lesions_;
  const BodyMap& map_;
  Phase phase_;
};

/// Tiles of about this width look at one list of parts.
constexpr double kTileMm = 16;

template <class See>
void Scene::for_each_in_slice(const space::Geometry& grid, int k, See&& see) const {
  const int nx = grid.size[0], ny = grid.size[1];
  const int step = std::clamp(static_cast<int>(std::lround(kTileMm / grid.spacing.x)), 4, 16);
  const double edge = std::cbrt(grid.spacing.x * grid.spacing.y * grid.spacing.z);
  Tile tile;
  for (int j0 = 0; j0 < ny; j0 += step)
    for (int i0 = 0; i0 < nx; i0 += step) {
      const int i1 = std::min(nx, i0 + step), j1 = std::min(ny, j0 + step);
      survey(grid, i0, j0, i1, j1, k, tile);
      if (tile.points.empty()) continue;
      std::size_t n = 0;
      for (int j = j0; j < j1; ++j)
        for (int i = i0; i < i1; ++i) {
          const Sample s = sample(tile.points[n++], tile, edge);
          if (s.body)
            see(static_cast<std::size_t>(j) * static_cast<std::size_t>(nx) + static_cast<std::size_t>(i), s);
        }
    }
}

}  // namespace netpet::phantom
