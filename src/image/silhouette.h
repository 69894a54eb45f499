#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "image/mip.h"

namespace netpet::image {

/// The shadow that a label throws on a projection: a block of the projection's pixels, and which of them it
/// covers.
struct Silhouette {
  int left = 0, top = 0;  ///< pixel of the projection in the upper left corner of the block
  int width = 0, height = 0;
  std::vector<std::uint8_t> covered;  ///< width · height, 0 or 1

  /// Of the projection's pixel (x, y); false outside the block.
  bool covers(int x, int y) const {
    if (x < left || y < top || x >= left + width || y >= top + height) return false;
    return covered[static_cast<std::size_t>(y - top) * static_cast<std::size_t>(width) +
                   static_cast<std::size_t>(x - left)] != 0;
  }
};

/// The silhouette of every label but 0, on the pixels of `onto`. A voxel covers the pixels whose centres lie
/// within the rectangle around its own projection, at least one. Labels outside the projection have none.
std::map<std::uint16_t, Silhouette> project_labels(const LabelMap& labels, const Mip& onto);

}  // namespace netpet::image
