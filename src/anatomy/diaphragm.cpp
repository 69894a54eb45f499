#include <algorithm>
#include <cmath>

#include "anatomy/organ_search.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// Of lung, in a column that stands on the diaphragm.
constexpr double column_mm = 40;
// The base of the lung lies at most this far above the dome of its side; what is higher stands on heart or
// hilum.
constexpr double above_dome_mm = 12;
// Under the heart the tendon lies lower than the domes beside it: by this much from here on.
constexpr double sag_mm = 14, full_sag_at_mm = 32;
// As many rounds as carry a height from lung to lung across the widest heart.
constexpr int rounds = 60;

/// The base of the lowest thick lung of a column; NaN where there is none.
double base_of_lung(const Scene& scene, const Landmarks& marks, int i, int j) {
  const int nz = scene.grid.size[2];
  const auto is_lung = [&](int k) { return marks.lung_right({i, j, k}) || marks.lung_left({i, j, k}); };
  for (int k = 0; k < nz; ++k) {
    if (!is_lung(k)) continue;
    int top = k;
    while (top < nz && is_lung(top)) ++top;
    if ((top - k) * scene.grid.spacing.z > column_mm) {
      const double dome = marks.lung_right({i, j, k}) ? marks.right_dome_z_mm : marks.left_dome_z_mm;
      return scene.z_mm(k) <= dome + above_dome_mm ? scene.z_mm(k) : std::nan("");
    }
    k = top;
  }
  return std::nan("");
}

/// How far each column is from those of which the height is seen, mm.
image::Volume<float> distance_from_seen(const Scene& scene, const std::vector<double>& z,
                                        const base::Run& run) {
  space::Geometry plane = scene.grid;
  plane.size[2] = 1;
  image::Mask seen(plane);
  for (std::size_t at = 0; at < z.size(); ++at) seen[at] = !std::isnan(z[at]);
  return image::distance_mm(seen, run);
}

}  // namespace

std::vector<double> diaphragm_of(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  const int nx = scene.grid.size[0], ny = scene.grid.size[1];
  if (!marks.has_lungs)
    return std::vector<double>(static_cast<std::size_t>(nx * ny),
                               std::max(marks.right_dome_z_mm, marks.left_dome_z_mm));
  std::vector<double> z(static_cast<std::size_t>(nx * ny));
  for (int j = 0; j < ny; ++j)
    for (int i = 0; i < nx; ++i) z[static_cast<std::size_t>(j * nx + i)] = base_of_lung(scene, marks, i, j);
  std::vector<double> filled = z, next = z;
  for (int round = 0; round < rounds; ++round) {
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) {
        const auto at = static_cast<std::size_t>(j * nx + i);
        if (!std::isnan(z[at])) continue;
        double sum = 0, n = 0;
        const auto add = [&](int ii, int jj) {
          if (ii < 0 || jj < 0 || ii >= nx || jj >= ny) return;
          const double value = filled[static_cast<std::size_t>(jj * nx + ii)];
          if (!std::isnan(value)) sum += value, ++n;
        };
        add(i - 1, j), add(i + 1, j), add(i, j - 1), add(i, j + 1);
        next[at] = n > 0 ? sum / n : std::nan("");
      }
    std::swap(filled, next);
  }
  const image::Volume<float> far = distance_from_seen(scene, z, run);
  for (std::size_t at = 0; at < z.size(); ++at)
    filled[at] -= sag_mm * std::min(1.0, double(far[at]) / full_sag_at_mm);
  return filled;
}

}  // namespace netpet::anatomy
