#include "measure/discretise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace netpet::measure {

namespace {

constexpr int kMostLevels = 65535;
constexpr int kMostReadyLevels = 255;  ///< an image of more whole numbers is taken for intensities (HU)
constexpr int kUsualBins = 32;         ///< IBSI's configurations B, D and E

bool is_whole(float value) {
  return std::floor(value) == value;
}

bool are_levels(const image::PetVolume& image, const image::Region& region) {
  return std::all_of(region.begin(), region.end(), [&](std::size_t voxel) {
    return is_whole(image[voxel]) && image[voxel] >= 1 && image[voxel] <= kMostReadyLevels;
  });
}

void take_as_levels(const image::PetVolume& image, const image::Region& region, Levels& levels) {
  for (const std::size_t voxel : region) {
    if (!is_whole(image[voxel]) || image[voxel] < 1 || image[voxel] > kMostLevels)
      throw base::Error::input(
          "levels_not_whole",
          fmt::format("the region holds {:g}, which is no grey level; name a number or a width of bins",
                      image[voxel]));
    levels.of_voxel.push_back(static_cast<std::int32_t>(image[voxel]));
  }
  levels.count = *std::max_element(levels.of_voxel.begin(), levels.of_voxel.end());
}

void count_bins(const image::PetVolume& image, const image::Region& region, float least, float greatest,
                Levels& levels) {
  const int bins = levels.used.bins;
  base::check(bins > 0 && bins <= kMostLevels, "the number of bins is out of range");
  const double range = double(greatest) - double(least);
  for (const std::size_t voxel : region) {
    const double share = range > 0 ? (double(image[voxel]) - double(least)) / range : 0;
    levels.of_voxel.push_back(std::min(static_cast<int>(std::floor(bins * share)) + 1, bins));
  }
  levels.count = bins;
}

void size_bins(const image::PetVolume& image, const image::Region& region, Levels& levels) {
  const double origin = levels.used.origin.value(), width = levels.used.width;
  base::check(width > 0, "the width of bins is not above 0");
  for (const std::size_t voxel : region) {
    const double bin = std::floor((double(image[voxel]) - origin) / width) + 1;
    if (bin < 1)
      throw base::Error::input("level_below_first",
                               fmt::format("the region holds {:g}, below the first bin's edge {:g}; lower "
                                           "the edge or re-segment",
                                           image[voxel], origin));
    if (bin > kMostLevels)
      throw base::Error::input(
          "too_many_levels",
          fmt::format("bins of {:g} give more than {} grey levels; widen them", width, kMostLevels));
    levels.of_voxel.push_back(static_cast<std::int32_t>(bin));
  }
  levels.count = *std::max_element(levels.of_voxel.begin(), levels.of_voxel.end());
}

}  // namespace

Levels discretise(const image::PetVolume& image, const image::Region& region, const Discretisation& how,
                  std::optional<double> lower_limit) {
  using Method = Discretisation::Method;
  Levels levels;
  levels.used = how;
  if (how.method == Method::automatic) {
    levels.used.method = are_levels(image, region) ? Method::none : Method::fixed_bin_number;
    levels.used.bins = kUsualBins;
  }
  if (region.empty()) return levels;
  levels.of_voxel.reserve(region.size());
  const auto [least, greatest] = std::minmax_element(
      region.begin(), region.end(), [&](std::size_t a, std::size_t b) { return image[a] < image[b]; });
  switch (levels.used.method) {
    case Method::none:
      take_as_levels(image, region, levels);
      break;
    case Method::fixed_bin_size:
      if (!levels.used.origin) levels.used.origin = lower_limit.value_or(double(image[*least]));
      size_bins(image, region, levels);
      break;
    case Method::fixed_bin_number:
    case Method::automatic:
      count_bins(image, region, image[*least], image[*greatest], levels);
      break;
  }
  return levels;
}

LevelBlock level_block(const space::Geometry& grid, const image::Region& shape, const image::Region& region,
                       const Levels& levels) {
  base::check(region.size() == levels.of_voxel.size(), "a region and its levels differ in length");
  const image::Box box = image::bounding_box(grid, shape);
  LevelBlock block;
  if (box.empty()) return block;
  for (std::size_t axis = 0; axis < 3; ++axis) block.size[axis] = box.last[axis] - box.first[axis] + 3;
  const std::size_t voxels = block.offset(0, 0, block.size[2]);
  block.level.assign(voxels, 0);
  block.shape.assign(voxels, 0);
  block.levels = levels.count;
  const auto place = [&](std::size_t voxel) {
    const space::IndexIjk at = grid.index(voxel);
    return block.offset(at.i - box.first[0] + 1, at.j - box.first[1] + 1, at.k - box.first[2] + 1);
  };
  for (const std::size_t voxel : shape) block.shape[place(voxel)] = 1;
  for (std::size_t one = 0; one < region.size(); ++one) {
    const std::size_t at = place(region[one]);
    base::check(block.shape[at] == 1, "a region reaches outside its shape");
    block.level[at] = levels.of_voxel[one];
  }
  return block;
}

std::vector<Slab> slices_of(const LevelBlock& block) {
  std::vector<Slab> slabs;
  for (int k = 1; k + 1 < block.size[2]; ++k) {
    const auto begin = block.level.begin() + static_cast<std::ptrdiff_t>(block.offset(0, 0, k));
    const auto end = block.level.begin() + static_cast<std::ptrdiff_t>(block.offset(0, 0, k + 1));
    if (std::any_of(begin, end, [](std::int32_t level) { return level > 0; }))
      slabs.push_back({k, k, Reach::slice});
  }
  return slabs;
}

Slab whole(const LevelBlock& block) {
  return {1, block.size[2] - 2, Reach::volume};
}

}  // namespace netpet::measure
