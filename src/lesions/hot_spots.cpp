#include "lesions/hot_spots.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "image/sphere.h"

namespace netpet::lesions {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// The flood: voxels come in descending order; each begins a hill, or joins the highest hill it touches.
class Flood {
 public:
  Flood(const image::PetVolume& image, const image::Volume<std::uint8_t>& level_of,
        const std::vector<SplitLevel>& levels, const SplitRule& rule)
      : image_(image),
        level_of_(level_of),
        levels_(levels),
        rule_(rule),
        reach_(image::sphere_on(image.geometry(), rule.organ_reach_mm)),
        hill_(image.voxels().size(), kNone) {}

  void add(std::size_t voxel) {
    const std::uint32_t own = highest_hill_around(voxel);
    if (own == kNone) {
      hill_[voxel] = static_cast<std::uint32_t>(tops_.size());
      parent_.push_back(hill_[voxel]);
      tops_.push_back(voxel);
      return;
    }
    hill_[voxel] = own;
    for (const std::uint32_t other : around_)
      if (other != own && is_part_of(other, own, image_[voxel])) parent_[other] = own;
  }

  std::vector<HotSpot> hot_spots(const std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> number(tops_.size(), kNone);
    std::vector<HotSpot> spots;
    for (std::uint32_t hill = 0; hill < tops_.size(); ++hill)
      if (parent_[hill] == hill) {
        number[hill] = static_cast<std::uint32_t>(spots.size());
        spots.push_back({tops_[hill], image_[tops_[hill]], {}});
      }
    for (const std::uint32_t voxel : order) spots[number[root(hill_[voxel])]].basin.push_back(voxel);
    for (HotSpot& spot : spots) std::sort(spot.basin.begin(), spot.basin.end());
    return spots;
  }

 private:
  std::uint32_t root(std::uint32_t hill) {
    while (parent_[hill] != hill) hill = parent_[hill] = parent_[parent_[hill]];
    return hill;
  }

  /// Fills `around_` with the hills that touch `voxel` and returns the one with the highest top. Hills are
  /// numbered in the order of their tops, so that is the lowest number.
  std::uint32_t highest_hill_around(std::size_t voxel) {
    const space::Geometry& grid = image_.geometry();
    const space::IndexIjk at = grid.index(voxel);
    around_.clear();
    for (int dk = -1; dk <= 1; ++dk)
      for (int dj = -1; dj <= 1; ++dj)
        for (int di = -1; di <= 1; ++di) {
          const space::IndexIjk to{at.i + di, at.j + dj, at.k + dk};
          if (!grid.contains(to)) continue;
          const std::uint32_t hill = hill_[grid.offset(to)];
          if (hill == kNone) continue;
          const std::uint32_t top = root(hill);
          if (std::find(around_.begin(), around_.end(), top) == around_.end()) around_.push_back(top);
        }
    return around_.empty() ? kNone : *std::min_element(around_.begin(), around_.end());
  }

  /// Whether the lower hill is no hot spot of its own beside the higher one, when the pass lies at `pass`.
  bool is_part_of(std::uint32_t lower, std::uint32_t higher, float pass) const {
    const SplitLevel& level = levels_[level_of_[tops_[lower]]];
    if (level.keeps_apart && !levels_[level_of_[tops_[higher]]].keeps_apart) return false;
    const float top = image_[tops_[lower]];
    const double depth = top - pass, height = std::max(top - level.background, 0.0f);
    if (depth >= rule_.depth * height && depth >= rule_.noise_multiple * level.noise_sd) return false;
    const std::uint8_t organ = level_of_[tops_[higher]];
    return !levels_[organ].is_organ || is_near(tops_[lower], organ) ||
           depth < rule_.beyond_organ_depth * height ||
           depth < rule_.noise_multiple * std::max(level.noise_sd, levels_[organ].noise_sd);
  }

  bool is_near(std::size_t voxel, std::uint8_t organ) const {
    const space::Geometry& grid = image_.geometry();
    const image::Region around = image::voxels_of(reach_, grid, grid.index(voxel));
    return std::any_of(around.begin(), around.end(),
                       [&](std::size_t one) { return level_of_[one] == organ; });
  }

  const image::PetVolume& image_;
  const image::Volume<std::uint8_t>& level_of_;
  const std::vector<SplitLevel>& levels_;
  SplitRule rule_;
  image::Sphere reach_;
  std::vector<std::uint32_t> hill_;
  std::vector<std::uint32_t> parent_;
  std::vector<std::size_t> tops_;
  std::vector<std::uint32_t> around_;
};

}  // namespace

std::vector<HotSpot> split_hot_spots(const image::PetVolume& image, float floor,
                                     const image::Volume<std::uint8_t>& level_of,
                                     const std::vector<SplitLevel>& levels, const SplitRule& rule) {
  base::check(image.voxels().size() < kNone, "an image of more than 2^32 voxels");
  std::vector<std::uint32_t> order;
  for (std::size_t voxel = 0; voxel < image.voxels().size(); ++voxel)
    if (image[voxel] > floor) order.push_back(static_cast<std::uint32_t>(voxel));
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return image[a] != image[b] ? image[a] > image[b] : a < b;
  });
  Flood flood(image, level_of, levels, rule);
  for (const std::uint32_t voxel : order) flood.add(voxel);
  return flood.hot_spots(order);
}

}  // namespace netpet::lesions
