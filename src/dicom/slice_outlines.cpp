#include "dicom/slice_outlines.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace netpet::dicom {
namespace {

/// A corner of pixels: (column, row) of the pixel to its lower right.
using Node = std::pair<int, int>;

/// The edges between inside and outside of one slice, by where they begin, with the region on their right.
std::multimap<Node, Node> edges_of(std::span<const std::size_t> voxels, const space::Geometry& grid) {
  std::multimap<Node, Node> edges;
  const auto is_inside = [&](int column, int row, int slice) {
    if (!grid.contains({column, row, slice})) return false;
    return std::binary_search(voxels.begin(), voxels.end(), grid.offset({column, row, slice}));
  };
  for (const std::size_t voxel : voxels) {
    const auto [i, j, k] = grid.index(voxel);
    if (!is_inside(i, j - 1, k)) edges.emplace(Node{i, j}, Node{i + 1, j});
    if (!is_inside(i + 1, j, k)) edges.emplace(Node{i + 1, j}, Node{i + 1, j + 1});
    if (!is_inside(i, j + 1, k)) edges.emplace(Node{i + 1, j + 1}, Node{i, j + 1});
    if (!is_inside(i - 1, j, k)) edges.emplace(Node{i, j + 1}, Node{i, j});
  }
  return edges;
}

bool is_straight(Node a, Node b, Node c) {
  return (a.first == b.first && b.first == c.first) || (a.second == b.second && b.second == c.second);
}

/// Corners of pixels lie half a pixel before their centres.
PixelOutline::Corner corner_at(Node node) {
  return {node.first - 0.5, node.second - 0.5};
}

std::vector<PixelOutline::Corner> without_straight_nodes(const std::vector<Node>& loop) {
  std::vector<PixelOutline::Corner> corners;
  for (std::size_t n = 0; n < loop.size(); ++n) {
    const Node before = loop[(n + loop.size() - 1) % loop.size()], after = loop[(n + 1) % loop.size()];
    if (!is_straight(before, loop[n], after)) corners.push_back(corner_at(loop[n]));
  }
  return corners;
}

/// Every edge belongs to one loop; where two parts touch at a corner, either way on is right.
void add_loops(std::multimap<Node, Node> edges, std::size_t slice, std::vector<PixelOutline>& outlines) {
  while (!edges.empty()) {
    std::vector<Node> loop;
    for (auto edge = edges.begin(); edge != edges.end(); edge = edges.find(loop.back())) {
      if (loop.empty()) loop.push_back(edge->first);
      loop.push_back(edge->second);
      edges.erase(edge);
      if (loop.back() == loop.front()) break;
    }
    loop.pop_back();  // closed: the last node is the first
    outlines.push_back({slice, without_straight_nodes(loop)});
  }
}

}  // namespace

std::vector<PixelOutline> outlines_of(const image::Region& region, const space::Geometry& grid) {
  std::vector<PixelOutline> outlines;
  const auto pixels = static_cast<std::size_t>(grid.size[0]) * static_cast<std::size_t>(grid.size[1]);
  const std::span<const std::size_t> all(region);
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t slice = all[begin] / pixels;
    std::size_t end = begin;
    while (end < all.size() && all[end] / pixels == slice) ++end;
    add_loops(edges_of(all.subspan(begin, end - begin), grid), slice, outlines);
    begin = end;
  }
  return outlines;
}

}  // namespace netpet::dicom
