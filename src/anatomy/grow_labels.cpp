#include "anatomy/grow_labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>
#include <vector>

namespace netpet::anatomy {
namespace {

struct Front {
  float cost;
  std::uint32_t voxel;
  std::uint8_t marker;
  bool operator>(const Front& other) const {
    if (cost != other.cost) return cost > other.cost;
    return marker != other.marker ? marker > other.marker : voxel > other.voxel;
  }
};

// Thinner than this a medium is not told apart by its depth.
constexpr float least_depth_mm = 2;

}  // namespace

image::Volume<std::uint8_t> grow_labels(const image::Mask& medium, const image::Volume<float>& depth_mm,
                                        const image::PetVolume& hu, image::Volume<std::uint8_t> markers,
                                        const Spread& spread, const base::Run& run) {
  const space::Geometry& grid = medium.geometry();
  constexpr int steps[6][3] = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
  std::array<float, 256> density{};
  density.fill(NAN);
  for (const auto& [marker, value] : spread.density) density[marker] = value;
  std::vector<float> reached(medium.voxels().size(), HUGE_VALF);
  std::priority_queue<Front, std::vector<Front>, std::greater<>> fronts;
  for (std::size_t v = 0; v < reached.size(); ++v)
    if (markers[v]) {
      reached[v] = 0;
      fronts.push({0, static_cast<std::uint32_t>(v), markers[v]});
    }
  const auto cost_of = [&](std::size_t voxel, std::uint8_t marker) {
    const float thin = spread.bridge_mm / std::max(depth_mm[voxel], least_depth_mm);
    const float wanted = density[marker];
    const float off = std::isnan(wanted) ? 1.F : (hu[voxel] - wanted) / spread.density_tolerance;
    return 1 + thin * thin + off * off;
  };
  std::size_t rounds = 0;
  while (!fronts.empty()) {
    constexpr std::size_t rounds_between_looks = 1 << 16;
    if (++rounds % rounds_between_looks == 0) run.throw_if_stopped();
    const Front front = fronts.top();
    fronts.pop();
    if (front.cost > reached[front.voxel] || markers[front.voxel] != front.marker) continue;
    const space::IndexIjk at = grid.index(front.voxel);
    for (const auto& step : steps) {
      const space::IndexIjk to{at.i + step[0], at.j + step[1], at.k + step[2]};
      if (!grid.contains(to)) continue;
      const std::size_t next = grid.offset(to);
      if (!medium[next]) continue;
      const double length = step[0] ? grid.spacing.x : step[1] ? grid.spacing.y : grid.spacing.z;
      const float cost = front.cost + static_cast<float>(length) * cost_of(next, front.marker);
      if (cost > reached[next] || cost > spread.farthest_mm) continue;
      if (cost == reached[next] && markers[next] <= front.marker) continue;
      reached[next] = cost;
      markers[next] = front.marker;
      fronts.push({cost, static_cast<std::uint32_t>(next), front.marker});
    }
  }
  return markers;
}

}  // namespace netpet::anatomy
