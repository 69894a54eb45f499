#include "image/sphere.h"

#include <algorithm>
#include <cmath>

#include "base/parallel_for.h"

namespace netpet::image {

namespace {

/// Adds to each place of a row the sum over `half` voxels on either side, and how many they are, from the
/// row's running sums; at its ends the window is cut.
void add_windows(const double* sum, int half, std::vector<double>& total, std::vector<int>& count) {
  const int n = static_cast<int>(total.size());
  const int whole_from = std::min(half, n), whole_to = std::max(n - half, whole_from);
  const auto add_cut = [&](int i) {
    const int first = std::max(i - half, 0), last = std::min(i + half, n - 1);
    total[static_cast<std::size_t>(i)] += sum[last + 1] - sum[first];
    count[static_cast<std::size_t>(i)] += last - first + 1;
  };
  for (int i = 0; i < whole_from; ++i) add_cut(i);
  double* const totals = total.data();
  int* const counts = count.data();
  for (int i = whole_from; i < whole_to; ++i) {
    totals[i] += sum[i + half + 1] - sum[i - half];
    counts[i] += 2 * half + 1;
  }
  for (int i = whole_to; i < n; ++i) add_cut(i);
}

}  // namespace

Sphere sphere_on(const space::Geometry& geometry, double radius_mm) {
  base::check(radius_mm >= 0, "a sphere has a radius of at least 0");
  const space::Vec3 spacing = geometry.spacing;
  const double limit = radius_mm * radius_mm * (1 + 1e-9);
  const int reach_j = static_cast<int>(radius_mm / spacing.y) + 1,
            reach_k = static_cast<int>(radius_mm / spacing.z) + 1;
  Sphere sphere;
  for (int dk = -reach_k; dk <= reach_k; ++dk)
    for (int dj = -reach_j; dj <= reach_j; ++dj) {
      const double y = dj * spacing.y, z = dk * spacing.z;
      const double left = limit - y * y - z * z;
      if (left < 0) continue;
      const int half = static_cast<int>(std::sqrt(left) / spacing.x);
      sphere.rows.push_back({dj, dk, half});
      sphere.voxels += static_cast<std::size_t>(2 * half + 1);
    }
  return sphere;
}

Region voxels_of(const Sphere& sphere, const space::Geometry& grid, space::IndexIjk centre) {
  Region region;
  for (const SphereRow& row : sphere.rows)
    for (int di = -row.half; di <= row.half; ++di) {
      const space::IndexIjk at{centre.i + di, centre.j + row.dj, centre.k + row.dk};
      if (grid.contains(at)) region.push_back(grid.offset(at));
    }
  return region;
}

double sphere_mean(const PetVolume& volume, const Sphere& sphere, space::IndexIjk centre) {
  const space::Geometry& grid = volume.geometry();
  base::check(grid.contains(centre), "the centre of a sphere lies outside the image");
  double sum = 0;
  std::size_t count = 0;
  for (const SphereRow& row : sphere.rows) {
    const int j = centre.j + row.dj, k = centre.k + row.dk;
    if (j < 0 || j >= grid.size[1] || k < 0 || k >= grid.size[2]) continue;
    const int first = std::max(centre.i - row.half, 0),
              last = std::min(centre.i + row.half, grid.size[0] - 1);
    const float* line = volume.voxels().data() + grid.offset({0, j, k});
    for (int i = first; i <= last; ++i) sum += line[i];
    count += static_cast<std::size_t>(last - first + 1);
  }
  return sum / static_cast<double>(count);
}

PetVolume sphere_means(const PetVolume& volume, const Sphere& sphere, const base::Run& run) {
  const space::Geometry& grid = volume.geometry();
  PetVolume means(grid);
  const int nx = grid.size[0], ny = grid.size[1];
  const auto row_voxels = static_cast<std::size_t>(nx);
  const std::size_t rows = row_voxels ? volume.voxels().size() / row_voxels : 0;
  // Running sums of each row: the sum over i − half … i + half is the difference of two of them.
  const std::size_t stride = row_voxels + 1;
  std::vector<double> sums(rows * stride);
  constexpr std::size_t kRowsAChunk = 64;
  base::parallel_for(run, rows, kRowsAChunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const float* line = volume.voxels().data() + row * row_voxels;
      double* sum = sums.data() + row * stride;
      sum[0] = 0;
      for (std::size_t i = 0; i < row_voxels; ++i) sum[i + 1] = sum[i] + line[i];
    }
  });
  base::parallel_for(run, rows, kRowsAChunk, [&](std::size_t begin, std::size_t end) {
    std::vector<double> total(row_voxels);
    std::vector<int> count(row_voxels);
    for (std::size_t row = begin; row < end; ++row) {
      std::fill(total.begin(), total.end(), 0.0);
      std::fill(count.begin(), count.end(), 0);
      const int j = static_cast<int>(row) % ny, k = static_cast<int>(row) / ny;
      for (const SphereRow& part : sphere.rows) {
        const int nj = j + part.dj, nk = k + part.dk;
        if (nj < 0 || nj >= ny || nk < 0 || nk >= grid.size[2]) continue;
        add_windows(sums.data() + static_cast<std::size_t>(nk * ny + nj) * stride, part.half, total, count);
      }
      float* out = means.voxels().data() + row * row_voxels;
      for (std::size_t i = 0; i < row_voxels; ++i) out[i] = static_cast<float>(total[i] / count[i]);
    }
  });
  return means;
}

}  // namespace netpet::image
