#include "lesions/gradient_watershed.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <queue>

#include "base/error.h"
#include "image/region_block.h"
#include "image/sphere.h"

namespace netpet::lesions {
namespace {

enum Side : std::uint8_t { undecided, lesion, outside };

/// Sobel's operator: the central difference along one axis, weighted 1 2 1 along both others. Beyond the
/// image its border goes on.
double slope_at(const image::PetVolume& suv, space::IndexIjk at) {
  const space::Geometry& grid = suv.geometry();
  constexpr std::array<double, 3> smooth{1, 2, 1}, difference{-1, 0, 1};
  constexpr double weight = 32;  // 16 of the smoothing, 2 voxels apart
  space::Vec3 gradient;
  for (int dk = -1; dk <= 1; ++dk)
    for (int dj = -1; dj <= 1; ++dj)
      for (int di = -1; di <= 1; ++di) {
        const space::IndexIjk to{std::clamp(at.i + di, 0, grid.size[0] - 1),
                                 std::clamp(at.j + dj, 0, grid.size[1] - 1),
                                 std::clamp(at.k + dk, 0, grid.size[2] - 1)};
        const double value = suv[grid.offset(to)];
        const auto i = static_cast<std::size_t>(di + 1), j = static_cast<std::size_t>(dj + 1),
                   k = static_cast<std::size_t>(dk + 1);
        gradient.x += difference[i] * smooth[j] * smooth[k] * value;
        gradient.y += smooth[i] * difference[j] * smooth[k] * value;
        gradient.z += smooth[i] * smooth[j] * difference[k] * value;
      }
  return norm(space::Vec3{gradient.x / (weight * grid.spacing.x), gradient.y / (weight * grid.spacing.y),
                          gradient.z / (weight * grid.spacing.z)});
}

/// The highest mean of 1 cm³ about a voxel of the region.
double highest_mean(const image::PetVolume& suv, const image::Region& region) {
  const image::Sphere sphere = image::sphere_on(suv.geometry(), image::kOneMlRadiusMm);
  double highest = -std::numeric_limits<double>::infinity();
  for (const std::size_t voxel : region)
    highest = std::max(highest, image::sphere_mean(suv, sphere, suv.geometry().index(voxel)));
  return highest;
}

struct Front {
  double slope;
  std::size_t arrival;  ///< first come, first served on a plateau
  std::size_t voxel;    ///< of the block
  bool operator<(const Front& other) const {
    return slope != other.slope ? slope > other.slope : arrival > other.arrival;
  }
};

}  // namespace

image::Region inside_steepest_slope(const image::PetVolume& suv, const image::Region& within,
                                    const WatershedSeed& seed) {
  const space::Geometry& whole = suv.geometry();
  base::check(std::binary_search(within.begin(), within.end(), whole.offset(seed.hottest)),
              "the hottest voxel lies outside its region");
  const double least_of_seed = seed.background + seed.share * (highest_mean(suv, within) - seed.background);
  // With a margin, so that the surroundings and their slope are there.
  const image::RegionBlock block(within, whole, image::bounding_box(whole, within).grown(whole, 2));
  const space::Geometry& grid = block.geometry();
  std::vector<std::uint8_t> side(grid.voxels(), outside);
  for (const std::size_t voxel : within)
    side[block.block_offset(voxel)] = suv[voxel] >= least_of_seed ? lesion : undecided;
  side[block.block_offset(whole.offset(seed.hottest))] = lesion;

  std::vector<double> slope(side.size());
  for (std::size_t n = 0; n < side.size(); ++n) slope[n] = slope_at(suv, whole.index(block.grid_offset(n)));
  std::priority_queue<Front> queue;
  std::size_t arrivals = 0;
  for (std::size_t n = 0; n < side.size(); ++n)
    if (side[n] != undecided) queue.push({slope[n], arrivals++, n});
  while (!queue.empty()) {
    const Front front = queue.top();
    queue.pop();
    const space::IndexIjk at = grid.index(front.voxel);
    constexpr std::array<space::IndexIjk, 6> faces{
        {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}}};
    for (const space::IndexIjk& step : faces) {
      const space::IndexIjk to{at.i + step.i, at.j + step.j, at.k + step.k};
      if (!grid.contains(to)) continue;
      const std::size_t next = grid.offset(to);
      if (side[next] != undecided) continue;
      side[next] = side[front.voxel];
      queue.push({std::max(slope[next], front.slope), arrivals++, next});
    }
  }
  image::Region region;
  for (const std::size_t voxel : within)
    if (side[block.block_offset(voxel)] == lesion) region.push_back(voxel);
  return region;
}

}  // namespace netpet::lesions
