#include "lesions/local_level.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/median_of_sorted.h"
#include "base/parallel_for.h"
#include "base/robust.h"

namespace netpet::lesions {
namespace {

constexpr double block_mm = 16;
constexpr double neighbourhood_mm = 40;
/// A neighbourhood with fewer samples than 1 cm³ has of them has no level.
constexpr std::size_t least_samples = 8;
/// A slice with fewer of them does not tell its noise.
constexpr std::size_t least_differences = 100;
/// Two 1 cm³ means further apart than their diameter share no voxel.
constexpr double independent_mm = 12.5;
/// The variance of x − (a + b)/2 for independent values of one variance is 1.5 of it.
constexpr double variance_of_difference = 1.5;

}  // namespace

LocalLevel::LocalLevel(const image::PetVolume& means, const image::Volume<std::uint8_t>& described,
                       double least, const base::Run& run) {
  const space::Geometry& grid = means.geometry();
  for (std::size_t axis = 0; axis < 3; ++axis) {
    step_[axis] = std::max(1, static_cast<int>(std::lround(block_mm / grid.spacing[static_cast<int>(axis)])));
    blocks_.size[axis] = (grid.size[axis] + step_[axis] - 1) / step_[axis];
  }
  std::vector<std::vector<float>> samples(blocks_.voxels());
  for (std::size_t voxel = 0; voxel < means.voxels().size(); ++voxel)
    if (described[voxel] == 0 && means[voxel] > least)
      samples[block_of(grid.index(voxel))].push_back(means[voxel]);

  base::parallel_for(run, samples.size(), 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t block = begin; block < end; ++block)
      std::sort(samples[block].begin(), samples[block].end());
  });

  std::array<int, 3> reach{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    reach[axis] = static_cast<int>(
        std::lround(neighbourhood_mm / (step_[axis] * grid.spacing[static_cast<int>(axis)])));
  level_.assign(blocks_.voxels(), 0);
  base::parallel_for(run, blocks_.voxels(), 64, [&](std::size_t begin, std::size_t end) {
    std::vector<std::span<const float>> around;
    for (std::size_t block = begin; block < end; ++block) {
      if (samples[block].empty()) continue;
      const space::IndexIjk at = blocks_.index(block);
      around.clear();
      std::size_t count = 0;
      for (int k = at.k - reach[2]; k <= at.k + reach[2]; ++k)
        for (int j = at.j - reach[1]; j <= at.j + reach[1]; ++j)
          for (int i = at.i - reach[0]; i <= at.i + reach[0]; ++i) {
            if (!blocks_.contains({i, j, k})) continue;
            const auto& more = samples[blocks_.offset({i, j, k})];
            if (more.empty()) continue;
            around.emplace_back(more);
            count += more.size();
          }
      if (count >= least_samples) level_[block] = base::median_of_sorted(around);
    }
  });
}

std::size_t LocalLevel::block_of(space::IndexIjk index) const {
  return blocks_.offset({index.i / step_[0], index.j / step_[1], index.k / step_[2]});
}

double LocalLevel::at(space::IndexIjk index) const {
  return level_[block_of(index)];
}

std::vector<double> relative_noise(const image::PetVolume& means,
                                   const image::Volume<std::uint8_t>& described, double least) {
  const space::Geometry& grid = means.geometry();
  const int apart = static_cast<int>(std::ceil(independent_mm / grid.spacing.x));
  const auto slices = static_cast<std::size_t>(grid.size[2]);
  std::vector<std::vector<float>> differences(slices), levels(slices);
  for (int k = 0; k < grid.size[2]; ++k)
    for (int j = 0; j < grid.size[1]; ++j)
      for (int i = apart; i + apart < grid.size[0]; ++i) {
        const std::size_t voxel = grid.offset({i, j, k});
        const auto before = voxel - static_cast<std::size_t>(apart),
                   after = voxel + static_cast<std::size_t>(apart);
        const bool in_tissue = means[voxel] > least && means[before] > least && means[after] > least;
        if (!in_tissue || described[voxel] != 0 || described[before] != 0 || described[after] != 0) continue;
        differences[static_cast<std::size_t>(k)].push_back(
            std::abs(means[voxel] - (means[before] + means[after]) / 2));
        levels[static_cast<std::size_t>(k)].push_back(means[voxel]);
      }
  std::vector<double> noise(slices, 0);
  for (std::size_t k = 0; k < slices; ++k)
    if (differences[k].size() >= least_differences)
      noise[k] = base::sd_of_mad * base::median_of(differences[k]) / std::sqrt(variance_of_difference) /
                 base::median_of(levels[k]);
  return noise;
}

}  // namespace netpet::lesions
