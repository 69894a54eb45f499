#include "report/label_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace netpet::report {
namespace {

std::size_t column_capacity(const LabelColumns& columns) {
  return static_cast<std::size_t>(
      std::max(0.0, std::floor((columns.bottom - columns.top) / columns.label_height)));
}

/// Heights as near to the wished ones (sorted) as a distance of `step` between neighbours allows: isotonic
/// regression of wish − rank·step by pooling adjacent violators.
std::vector<double> spread(const std::vector<double>& wished, double step, double lowest, double highest) {
  struct Block {
    double sum;
    std::size_t count;
    double mean() const { return sum / static_cast<double>(count); }
  };
  std::vector<Block> blocks;
  for (std::size_t rank = 0; rank < wished.size(); ++rank) {
    blocks.push_back({wished[rank] - static_cast<double>(rank) * step, 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
      blocks[blocks.size() - 2].sum += blocks.back().sum;
      blocks[blocks.size() - 2].count += blocks.back().count;
      blocks.pop_back();
    }
  }
  const double last_start = highest - static_cast<double>(wished.size() - 1) * step;
  std::vector<double> result;
  for (const Block& block : blocks)
    for (std::size_t i = 0; i < block.count; ++i)
      result.push_back(std::clamp(block.mean(), lowest, std::max(lowest, last_start)) +
                       static_cast<double>(result.size()) * step);
  return result;
}

double side_of_line(image::PixelPoint a, image::PixelPoint b, image::PixelPoint p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

bool cross(image::PixelPoint a, image::PixelPoint b, image::PixelPoint c, image::PixelPoint d) {
  return side_of_line(a, b, c) * side_of_line(a, b, d) < 0 &&
         side_of_line(c, d, a) * side_of_line(c, d, b) < 0;
}

image::PixelPoint ring_point(const Anchor& anchor, image::PixelPoint from) {
  const double dx = from.x - anchor.at.x, dy = from.y - anchor.at.y, length = std::hypot(dx, dy);
  if (length <= anchor.radius) return anchor.at;
  return {anchor.at.x + dx * anchor.radius / length, anchor.at.y + dy * anchor.radius / length};
}

void place_column(const std::vector<Anchor>& anchors, std::vector<std::size_t> members, Side side,
                  const LabelColumns& columns, std::vector<PlacedLabel>& placed) {
  if (members.empty()) return;
  std::stable_sort(members.begin(), members.end(),
                   [&](std::size_t a, std::size_t b) { return anchors[a].at.y < anchors[b].at.y; });
  std::vector<double> wished;
  for (const std::size_t member : members) wished.push_back(anchors[member].at.y);
  const double half = columns.label_height / 2;
  const auto heights = spread(wished, columns.label_height, columns.top + half, columns.bottom - half);
  const double x = side == Side::left ? columns.left_x : columns.right_x;

  // Swapping the slots of two crossing leaders shortens their sum, so this ends without crossings.
  bool swapped = true;
  while (swapped) {
    swapped = false;
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t j = i + 1; j < members.size(); ++j)
        if (cross({x, heights[i]}, anchors[members[i]].at, {x, heights[j]}, anchors[members[j]].at)) {
          std::swap(members[i], members[j]);
          swapped = true;
        }
  }
  for (std::size_t slot = 0; slot < members.size(); ++slot) {
    PlacedLabel& label = placed[members[slot]];
    label.side = side;
    label.middle_y = heights[slot];
    label.leader_start = {x, heights[slot]};
    label.leader_end = ring_point(anchors[members[slot]], label.leader_start);
  }
}

}  // namespace

std::size_t label_capacity(const LabelColumns& columns) {
  return 2 * column_capacity(columns);
}

std::vector<PlacedLabel> place_labels(const std::vector<Anchor>& anchors, const LabelColumns& columns) {
  base::check(anchors.size() <= label_capacity(columns), "more labels than the columns hold");
  std::vector<std::size_t> by_x(anchors.size());
  std::iota(by_x.begin(), by_x.end(), std::size_t{0});
  std::stable_sort(by_x.begin(), by_x.end(),
                   [&](std::size_t a, std::size_t b) { return anchors[a].at.x < anchors[b].at.x; });
  const double middle = (columns.left_x + columns.right_x) / 2;
  auto left_count = static_cast<std::size_t>(std::count_if(
      anchors.begin(), anchors.end(), [&](const Anchor& anchor) { return anchor.at.x < middle; }));
  const std::size_t each = column_capacity(columns);
  if (left_count > each) left_count = each;
  if (anchors.size() - left_count > each) left_count = anchors.size() - each;

  std::vector<PlacedLabel> placed(anchors.size());
  const auto split = by_x.begin() + static_cast<std::ptrdiff_t>(left_count);
  place_column(anchors, {by_x.begin(), split}, Side::left, columns, placed);
  place_column(anchors, {split, by_x.end()}, Side::right, columns, placed);
  return placed;
}

}  // namespace netpet::report
