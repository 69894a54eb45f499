#include <algorithm>
#include <limits>

#include "measure/level_matrix.h"

namespace netpet::measure {

namespace {

/// Flood fill of one slab. Working arrays begin one slice below it and end one above.
class ZoneFill {
 public:
  ZoneFill(const LevelBlock& block, Slab slab)
      : block_(block),
        begin_(static_cast<std::ptrdiff_t>(block.offset(0, 0, slab.first))),
        end_(static_cast<std::ptrdiff_t>(block.offset(0, 0, slab.last + 1))),
        base_(static_cast<std::ptrdiff_t>(block.offset(0, 0, slab.first - 1))) {
    const std::size_t voxels = block.offset(0, 0, slab.last - slab.first + 3);
    distance_.assign(voxels, 0);
    visited_.assign(voxels, 0);
    const bool volume = slab.reach == Reach::volume;
    for (const Direction& d : volume ? volume_directions() : slice_directions()) {
      around_.push_back(block.step(d[0], d[1], d[2]));
      around_.push_back(-around_.back());
    }
    back_ = {block.step(1, 0, 0), block.step(0, 1, 0)};
    if (volume) back_.push_back(block.step(0, 0, 1));
  }

  ZoneMatrices run() {
    find_distances();
    LevelMatrixBuilder sizes, distances;
    std::size_t voxels = 0;
    for (std::ptrdiff_t seed = begin_; seed < end_; ++seed) {
      if (level(seed) == 0 || visited(seed) != 0) continue;
      const Zone zone = fill(seed);
      sizes.add(level(seed), zone.voxels);
      distances.add(level(seed), zone.distance);
      voxels += static_cast<std::size_t>(zone.voxels);
    }
    sizes.add_voxels(voxels);
    distances.add_voxels(voxels);
    return {sizes.build(), distances.build()};
  }

 private:
  struct Zone {
    std::int64_t voxels = 0;
    std::int32_t distance = std::numeric_limits<std::int32_t>::max();
  };

  std::int32_t level(std::ptrdiff_t at) const { return block_.level[static_cast<std::size_t>(at)]; }
  std::int32_t& distance(std::ptrdiff_t at) { return distance_[static_cast<std::size_t>(at - base_)]; }
  std::uint8_t& visited(std::ptrdiff_t at) { return visited_[static_cast<std::size_t>(at - base_)]; }

  /// Steps over faces to the nearest voxel outside the shape; 0 outside. Two sweeps are exact for this norm.
  void find_distances() {
    for (std::ptrdiff_t at = begin_; at < end_; ++at) {
      if (block_.shape[static_cast<std::size_t>(at)] == 0) continue;
      std::int32_t least = std::numeric_limits<std::int32_t>::max() - 1;
      for (const std::ptrdiff_t step : back_) least = std::min(least, distance(at - step));
      distance(at) = least + 1;
    }
    for (std::ptrdiff_t at = end_ - 1; at >= begin_; --at)
      for (const std::ptrdiff_t step : back_)
        if (distance(at) > 0) distance(at) = std::min(distance(at), distance(at + step) + 1);
  }

  Zone fill(std::ptrdiff_t seed) {
    Zone zone;
    visited(seed) = 1;
    stack_.push_back(seed);
    while (!stack_.empty()) {
      const std::ptrdiff_t at = stack_.back();
      stack_.pop_back();
      ++zone.voxels;
      zone.distance = std::min(zone.distance, distance(at));
      for (const std::ptrdiff_t step : around_) {
        if (level(at + step) != level(seed) || visited(at + step) != 0) continue;
        visited(at + step) = 1;
        stack_.push_back(at + step);
      }
    }
    return zone;
  }

  const LevelBlock& block_;
  std::ptrdiff_t begin_, end_, base_;
  std::vector<std::ptrdiff_t> around_, back_;
  std::vector<std::int32_t> distance_;
  std::vector<std::uint8_t> visited_;
  std::vector<std::ptrdiff_t> stack_;
};

}  // namespace

ZoneMatrices zones(const LevelBlock& block, Slab slab) {
  return ZoneFill(block, slab).run();
}

}  // namespace netpet::measure
