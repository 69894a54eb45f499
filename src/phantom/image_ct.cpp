#include "phantom/image_ct.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/parallel_for.h"
#include "base/random.h"

namespace netpet::phantom {
namespace {

constexpr std::uint64_t kStream = 1'000'000;
constexpr float kAir = -1000;
constexpr float kLowest = -1024;
constexpr double kTableCurveMm = 380, kTableHalfMm = 210, kTableThickMm = 34, kTableShellMm = 2.5;

/// The table is a curved board of carbon fibre around foam.
float table_at(double x, double y, double top) {
  if (std::abs(x) > kTableHalfMm) return kAir;
  const double depth = y - (top - (kTableCurveMm - std::sqrt(kTableCurveMm * kTableCurveMm - x * x)) * 0.55);
  if (depth < 0 || depth > kTableThickMm) return kAir;
  return depth < kTableShellMm || depth > kTableThickMm - kTableShellMm ? -250.F : -930.F;
}

/// Normal deviates from a table: 170 million of them are needed.
std::vector<float> deviates() {
  base::Random random(7, kStream);
  std::vector<float> table(1 << 16);
  for (float& value : table) value = static_cast<float>(random.normal());
  return table;
}

/// Adds noise to one slice, correlated with its neighbours in the plane as a smooth kernel leaves it.
void add_noise(std::vector<float>& slice, int nx, int ny, double sigma, base::Random& random,
               const std::vector<float>& table) {
  const auto columns = static_cast<std::size_t>(nx);
  std::vector<float> above(columns), row(columns), next(columns);
  const auto draw = [&](std::vector<float>& line) {
    for (std::size_t n = 0; n < columns; n += 2) {
      const std::uint32_t bits = random.bits();
      line[n] = table[bits & 0xFFFF];
      if (n + 1 < columns) line[n + 1] = table[bits >> 16];
    }
  };
  draw(above);
  draw(row);
  constexpr float beside = 0.35F, norm = 1.0F / 1.2206555615733703F;  // 1/√(1 + 4·0.35²)
  for (int j = 0; j < ny; ++j) {
    draw(next);
    float* line = slice.data() + static_cast<std::size_t>(j) * columns;
    for (std::size_t n = 0; n < columns; ++n) {
      const float left = n > 0 ? row[n - 1] : above[n], right = n + 1 < columns ? row[n + 1] : next[n];
      const float noise = (row[n] + beside * (left + right + above[n] + next[n])) * norm;
      line[n] += noise * static_cast<float>(line[n] < -900 ? 0.45 * sigma : sigma);
    }
    above.swap(row);
    row.swap(next);
  }
}

}  // namespace

CtImage image_ct(const Scene& scene, const space::Geometry& grid, double table_y, double noise_hu,
                 int organ_stride, std::uint64_t seed, const base::Run& run) {
  space::Geometry coarse = grid;
  coarse.spacing.x *= organ_stride;
  coarse.spacing.y *= organ_stride;
  coarse.size[0] = (grid.size[0] + organ_stride - 1) / organ_stride;
  coarse.size[1] = (grid.size[1] + organ_stride - 1) / organ_stride;
  CtImage out{image::CtVolume(grid), image::LabelMap(coarse)};
  const int nx = grid.size[0], ny = grid.size[1];
  const std::size_t plane = static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny);
  const std::vector<float> table = deviates();
  base::parallel_for(run, static_cast<std::size_t>(grid.size[2]), 1, [&](std::size_t begin, std::size_t end) {
    std::vector<float> slice(plane);
    for (std::size_t k = begin; k < end; ++k) {
      for (int j = 0; j < ny; ++j)
        for (int i = 0; i < nx; ++i) {
          const space::PointLps p = grid.to_lps(space::IndexIjk{i, j, 0});
          slice[static_cast<std::size_t>(j) * static_cast<std::size_t>(nx) + static_cast<std::size_t>(i)] =
              table_at(p.x - grid.origin.x - grid.spacing.x * (nx - 1) / 2, p.y, table_y);
        }
      scene.for_each_in_slice(grid, static_cast<int>(k), [&](std::size_t n, const Sample& s) {
        slice[n] = s.hu;
        const auto i = static_cast<int>(n % static_cast<std::size_t>(nx)),
                   j = static_cast<int>(n / static_cast<std::size_t>(nx));
        if (i % organ_stride == 0 && j % organ_stride == 0)
          out.organs(space::IndexIjk{i / organ_stride, j / organ_stride, static_cast<int>(k)}) = s.organ;
      });
      base::Random random(seed, kStream + 1 + k);
      add_noise(slice, nx, ny, noise_hu, random, table);
      std::int16_t* target = out.hounsfield.voxels().data() + k * plane;
      for (std::size_t n = 0; n < plane; ++n)
        target[n] = static_cast<std::int16_t>(std::lrint(std::clamp(slice[n], kLowest, 3071.F)));
    }
  });
  return out;
}

}  // namespace netpet::phantom
