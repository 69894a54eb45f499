#include <algorithm>
#include <cmath>

#include "anatomy/landmark_search.h"
#include "anatomy/slice_path.h"
#include "base/robust.h"

namespace netpet::anatomy {
namespace {

// Half the width of a vertebra with its arch.
constexpr double vertebra_half_mm = 20;

}  // namespace

/// The path through the slices that keeps most bone in a window of a vertebra's size near the middle of the
/// body, by dynamic programming: one voxel sideways a slice at most.
std::vector<SpinePoint> spine_of(const Scene& scene, const image::Mask& body, const image::Mask& bones) {
  const int nx = scene.grid.size[0], ny = scene.grid.size[1], nz = scene.grid.size[2];
  const int half = static_cast<int>(std::lround(vertebra_half_mm / scene.grid.spacing.x));
  // Penalties are in units of 16 mm² of bone.
  const auto unit = static_cast<float>(scene.grid.spacing.x * scene.grid.spacing.y / 16);
  std::vector<float> sums((static_cast<std::size_t>(nx) + 1) * (static_cast<std::size_t>(ny) + 1));
  const auto sum_at = [nx, &sums](int i, int j) -> float& {
    return sums[static_cast<std::size_t>(j) * (static_cast<std::size_t>(nx) + 1) +
                static_cast<std::size_t>(i)];
  };
  SlicePath path(nx, ny, 2);
  double middle = nx / 2.0;
  for (int k = 0; k < nz; ++k) {
    double weight = 0, mass = 0;
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) {
        const std::size_t v = scene.grid.offset({i, j, k});
        sum_at(i + 1, j + 1) = float(bones[v]) + sum_at(i, j + 1) + sum_at(i + 1, j) - sum_at(i, j);
        weight += body[v], mass += body[v] * i;
      }
    if (weight > 0) middle = mass / weight;
    path.add([&](int i, int j) {
      const int i0 = std::max(0, i - half), i1 = std::min(nx, i + half + 1), j0 = std::max(0, j - half),
                j1 = std::min(ny, j + half + 1);
      const float bone = unit * (sum_at(i1, j1) - sum_at(i0, j1) - sum_at(i1, j0) + sum_at(i0, j0));
      const float off_middle = static_cast<float>(std::abs(i - middle) * scene.grid.spacing.x);
      return bone - (off_middle > 20 ? 2 * (off_middle - 20) : 0);
    });
  }
  std::vector<SpinePoint> spine;
  for (const auto [i, j] : path.places()) spine.push_back({scene.x_mm(i), scene.y_mm(j)});
  return spine;
}

/// The path runs through whatever is densest, often the arches. The bodies lie behind the front edge of the
/// column: by half their depth, which grows from neck to loin.
void move_to_bodies(const Scene& scene, std::vector<SpinePoint>& spine) {
  // The front of a thin-boned vertebra, smoothed; below it are muscle and native vessels.
  constexpr float front_hu = 110;
  constexpr double half_column_mm = 8, search_mm = 75, body_half_mm = 16, steady_mm = 60;
  const int nz = scene.grid.size[2];
  std::vector<double> front(spine.size(), std::nan(""));
  for (int k = 0; k < nz; ++k) {
    const SpinePoint at = spine[static_cast<std::size_t>(k)];
    for (int j = 0; j < scene.grid.size[1] && std::isnan(front[static_cast<std::size_t>(k)]); ++j) {
      if (scene.y_mm(j) < at.y - search_mm || scene.y_mm(j) > at.y) continue;
      int bone = 0, all = 0;
      for (int i = 0; i < scene.grid.size[0]; ++i)
        if (std::abs(scene.x_mm(i) - at.x) <= half_column_mm)
          bone += (*scene.ct_hu)({i, j, k}) > front_hu, ++all;
      if (2 * bone > all) front[static_cast<std::size_t>(k)] = scene.y_mm(j);
    }
  }
  const int reach = static_cast<int>(steady_mm / 2 / scene.grid.spacing.z);
  for (int k = 0; k < nz; ++k) {
    std::vector<double> around;
    for (int one = std::max(0, k - reach); one <= std::min(nz - 1, k + reach); ++one)
      if (const double y = front[static_cast<std::size_t>(one)]; !std::isnan(y)) around.push_back(y);
    // Discs, and slices without bone, follow their neighbours.
    if (around.size() > 2) spine[static_cast<std::size_t>(k)].y = base::median_of(around) + body_half_mm;
  }
}

}  // namespace netpet::anatomy
