#include "anatomy/clear_ct.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/parallel_for.h"
#include "image/resample.h"

namespace netpet::anatomy {
namespace {

constexpr float air_hu = -1000, dense_hu = 1500;
// Between organs that touch lie 10 to 20 HU, between organ and fat 130: the latter is an edge, across which
// nothing flows. The step is stable below 1/6.
constexpr float edge_hu = 75, step = 0.14F;
constexpr int rounds = 8;
constexpr std::size_t rows_a_chunk = 256;

/// One round of v += step · Σ flux(neighbour − v) over the six faces.
template <class Flux>
void exchange(image::PetVolume& volume, const base::Run& run, Flux flux) {
  const auto& size = volume.geometry().size;
  const std::vector<float> old = volume.voxels();
  const auto nx = static_cast<std::size_t>(size[0]), plane = nx * static_cast<std::size_t>(size[1]);
  base::parallel_for(run, old.size() / std::max<std::size_t>(nx, 1), rows_a_chunk,
                     [&](std::size_t first, std::size_t end) {
                       for (std::size_t row = first; row < end; ++row) {
                         const int j = static_cast<int>(row % static_cast<std::size_t>(size[1])),
                                   k = static_cast<int>(row / static_cast<std::size_t>(size[1]));
                         for (int i = 0; i < size[0]; ++i) {
                           const std::size_t v = row * nx + static_cast<std::size_t>(i);
                           const float here = old[v];
                           float sum = 0;
                           if (i > 0) sum += flux(old[v - 1] - here);
                           if (i + 1 < size[0]) sum += flux(old[v + 1] - here);
                           if (j > 0) sum += flux(old[v - nx] - here);
                           if (j + 1 < size[1]) sum += flux(old[v + nx] - here);
                           if (k > 0) sum += flux(old[v - plane] - here);
                           if (k + 1 < size[2]) sum += flux(old[v + plane] - here);
                           volume[v] = here + step * sum;
                         }
                       }
                     });
}

}  // namespace

image::PetVolume mean_ct(const image::CtVolume& ct, const space::Geometry& grid, const base::Run& run) {
  space::Geometry fine = grid;
  fine.size[0] *= 2, fine.size[1] *= 2;
  fine.spacing.x /= 2, fine.spacing.y /= 2;
  fine.origin.x -= fine.spacing.x / 2, fine.origin.y -= fine.spacing.y / 2;
  const image::CtVolume sampled =
      image::resample_linear(ct, fine, space::Affine{}, static_cast<std::int16_t>(air_hu), run);
  image::PetVolume mean(grid);
  const auto width = static_cast<std::size_t>(fine.size[0]);
  std::size_t v = 0;
  for (int k = 0; k < grid.size[2]; ++k)
    for (int j = 0; j < grid.size[1]; ++j)
      for (int i = 0; i < grid.size[0]; ++i, ++v) {
        const std::size_t at = fine.offset({2 * i, 2 * j, k});
        const float sum = float(sampled[at]) + float(sampled[at + 1]) + float(sampled[at + width]) +
                          float(sampled[at + width + 1]);
        // Padding outside the scanner's circle lies far below air, metal far above bone.
        mean[v] = std::clamp(sum / 4, air_hu, dense_hu);
      }
  return mean;
}

image::PetVolume clear_ct(image::PetVolume hu, const base::Run& run) {
  // A blur comes first, so that noise makes no edges.
  exchange(hu, run, [](float difference) { return difference; });
  for (int round = 0; round < rounds; ++round)
    exchange(hu, run, [](float difference) {
      const float steep = difference / edge_hu;
      const float open = std::max(0.F, 1 - steep * steep);
      return difference * open * open;
    });
  return hu;
}

}  // namespace netpet::anatomy
