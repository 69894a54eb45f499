#include "image/silhouette.h"

#include <algorithm>
#include <cmath>

namespace netpet::image {
namespace {

/// Half the width and height of a voxel's projection, in pixels.
struct Footprint {
  double half_across = 0, half_down = 0;
};

Footprint footprint(const space::Geometry& grid, const Mip& onto) {
  const int across_lps = onto.view == MipView::coronal ? 0 : 1;
  Footprint result;
  for (int axis = 0; axis < 3; ++axis) {
    result.half_across += std::abs(grid.direction(across_lps, axis)) * grid.spacing[axis] / 2;
    result.half_down += std::abs(grid.direction(2, axis)) * grid.spacing[axis] / 2;
  }
  result.half_across /= onto.pixel_mm;
  result.half_down /= onto.pixel_mm;
  return result;
}

struct PixelRange {
  int first, last;  ///< last < first: none
};

/// Pixels whose centres lie within `half` of `centre`; the nearest one where none does.
PixelRange pixels_around(double centre, double half, int count) {
  PixelRange range{static_cast<int>(std::ceil(centre - half - 0.5)),
                   static_cast<int>(std::floor(centre + half - 0.5))};
  if (range.last < range.first) range.first = range.last = static_cast<int>(std::floor(centre));
  return {std::max(range.first, 0), std::min(range.last, count - 1)};
}

struct Block {
  PixelRange across, down;
};

}  // namespace

std::map<std::uint16_t, Silhouette> project_labels(const LabelMap& labels, const Mip& onto) {
  const space::Geometry& grid = labels.geometry();
  const Footprint foot = footprint(grid, onto);
  const auto block_of = [&](std::size_t offset) {
    const PixelPoint at = onto.pixel_of(grid.to_lps(grid.index(offset)));
    return Block{pixels_around(at.x, foot.half_across, onto.width),
                 pixels_around(at.y, foot.half_down, onto.height)};
  };

  std::map<std::uint16_t, std::vector<Block>> blocks;
  for (std::size_t offset = 0; offset < labels.voxels().size(); ++offset) {
    const std::uint16_t label = labels[offset];
    if (label == 0) continue;
    const Block block = block_of(offset);
    if (block.across.first <= block.across.last && block.down.first <= block.down.last)
      blocks[label].push_back(block);
  }

  std::map<std::uint16_t, Silhouette> result;
  for (const auto& [label, parts] : blocks) {
    Block all = parts.front();
    for (const Block& part : parts) {
      all.across = {std::min(all.across.first, part.across.first),
                    std::max(all.across.last, part.across.last)};
      all.down = {std::min(all.down.first, part.down.first), std::max(all.down.last, part.down.last)};
    }
    Silhouette silhouette{all.across.first,
                          all.down.first,
                          all.across.last - all.across.first + 1,
                          all.down.last - all.down.first + 1,
                          {}};
    const auto width = static_cast<std::size_t>(silhouette.width);
    silhouette.covered.assign(width * static_cast<std::size_t>(silhouette.height), 0);
    for (const Block& part : parts)
      for (int y = part.down.first; y <= part.down.last; ++y) {
        const auto row = silhouette.covered.begin() +
                         static_cast<std::ptrdiff_t>(width) * static_cast<std::ptrdiff_t>(y - silhouette.top);
        std::fill(row + (part.across.first - silhouette.left), row + (part.across.last - silhouette.left + 1),
                  std::uint8_t{1});
      }
    result.emplace(label, std::move(silhouette));
  }
  return result;
}

}  // namespace netpet::image
