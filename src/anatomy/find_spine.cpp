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
      // The little that is asked near the middle centres a window that is wider than the bone in it.
      return bone - 0.1F * off_middle - (off_middle > 20 ? 2 * (off_middle - 20) : 0);
    });
  }
  std::vector<SpinePoint> spine;
  for (const auto [i, j] : path.places()) spine.push_back({scene.x_mm(i), scene.y_mm(j)});
  return spine;
}

/// The path runs through whatever is densest, often the arches. The bodies lie behind the front edge of the
/// column: by half their depth, which grows from neck to loin. Contrast medium in heart and vessels has edges
/// before it that are as sharp; they do not run on from slice to slice as the column's does.
void move_to_bodies(const Scene& scene, std::vector<SpinePoint>& spine) {
  // Thin-boned vertebrae, smoothed; less dense are muscle and native vessels.
  constexpr float bone_hu = 110;
  constexpr double half_column_mm = 8, least_dense = 0.75, search_mm = 75, body_half_mm = 16, steady_mm = 60;
  // Of the edges of a slice the foremost counts most: farther back lie those of arch and spinous process.
  constexpr float each_behind = 0.2F, least_gain = 0.2F, sideways_cost = 0.25F,
                  jump_cost = 10;  // what a heart's height of edges is worth
  const int ny = scene.grid.size[1];
  SlicePath front(1, ny, sideways_cost, jump_cost);
  for (int k = 0; k < scene.grid.size[2]; ++k) {
    const SpinePoint at = spine[static_cast<std::size_t>(k)];
    const auto is_dense = [&](int j) {
      int dense = 0, all = 0;
      for (int i = 0; i < scene.grid.size[0]; ++i)
        if (std::abs(scene.x_mm(i) - at.x) <= half_column_mm)
          dense += (*scene.ct_hu)({i, j, k}) > bone_hu, ++all;
      return dense >= least_dense * all;
    };
    std::vector<float> gain(static_cast<std::size_t>(ny), 0.F);
    float worth = 1;
    bool before = true;
    for (int j = 0; j < ny; ++j) {
      if (scene.y_mm(j) < at.y - search_mm || scene.y_mm(j) > at.y) continue;
      const bool dense = is_dense(j);
      if (dense && !before) {
        gain[static_cast<std::size_t>(j)] = worth;
        worth = std::max(least_gain, worth - each_behind);
      }
      before = dense;
    }
    front.add([&gain](int, int j) { return gain[static_cast<std::size_t>(j)]; });
  }
  if (front.gathered() <= 0) return;
  const std::vector<SlicePath::Place> places = front.places();
  const int reach = static_cast<int>(steady_mm / 2 / scene.grid.spacing.z), nz = scene.grid.size[2];
  for (int k = 0; k < nz; ++k) {
    std::vector<double> around;
    for (int one = std::max(0, k - reach); one <= std::min(nz - 1, k + reach); ++one)
      around.push_back(scene.y_mm(places[static_cast<std::size_t>(one)].j));
    spine[static_cast<std::size_t>(k)].y = base::median_of(around) + body_half_mm;
  }
}

}  // namespace netpet::anatomy
