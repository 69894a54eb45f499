#pragma once

#include <array>
#include <cstdint>
#include <map>

#include "image/volume.h"

namespace netpet::image {

/// 0 = outside, anything else = inside.
using Mask = Volume<std::uint8_t>;

/// The voxels of `region` on `geometry`, set to 1. Refuses (our bug) an offset outside the grid.
Mask mask_of(const space::Geometry& geometry, const Region& region);
/// The set voxels of `mask`, sorted.
Region region_of(const Mask& mask);
/// The voxels of `labels` that hold `label`, set to 1.
Mask mask_of_label(const LabelMap& labels, std::uint16_t label);

/// A block of voxels, both corners inside it; empty where last < first.
struct Box {
  std::array<int, 3> first{0, 0, 0};
  std::array<int, 3> last{-1, -1, -1};
  bool operator==(const Box&) const = default;

  bool empty() const { return last[0] < first[0] || last[1] < first[1] || last[2] < first[2]; }
  /// Wider by `margin_mm` on each side, rounded up to whole voxels and one more, cut at the border of the
  /// grid.
  Box grown(const space::Geometry& geometry, double margin_mm) const;
};

/// The smallest block that holds all set voxels.
Box bounding_box(const Mask& mask);
/// The smallest block that holds all voxels of `region`.
Box bounding_box(const space::Geometry& geometry, const Region& region);
/// The smallest block of each label that occurs, 0 left out. One pass.
std::map<std::uint16_t, Box> boxes_of_labels(const LabelMap& labels);
/// The block of voxels between two opposite corners (LPS mm), cut at the border of the grid.
Box box_between(const space::Geometry& geometry, space::PointLps low, space::PointLps high);
/// The smallest block that holds both; an empty one adds nothing.
Box union_of(const Box& a, const Box& b);

}  // namespace netpet::image
