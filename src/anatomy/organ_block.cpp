#include "anatomy/organ_block.h"

#include <algorithm>
#include <array>

#include "image/distance.h"

namespace netpet::anatomy {
namespace {

void include(image::Box& box, int i, int j, int k) {
  const std::array<int, 3> index{i, j, k};
  if (box.empty()) {
    box.first = box.last = index;
    return;
  }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    box.first[axis] = std::min(box.first[axis], index[axis]);
    box.last[axis] = std::max(box.last[axis], index[axis]);
  }
}

}  // namespace

OrganBoxes boxes_of(const image::LabelMap& organs) {
  std::vector<image::Box> by_id(65536);
  const auto& size = organs.geometry().size;
  std::size_t offset = 0;
  for (int k = 0; k < size[2]; ++k)
    for (int j = 0; j < size[1]; ++j)
      for (int i = 0; i < size[0]; ++i, ++offset)
        if (organs[offset] != 0) include(by_id[organs[offset]], i, j, k);
  OrganBoxes boxes;
  for (std::size_t id = 1; id < by_id.size(); ++id)
    if (!by_id[id].empty()) boxes[static_cast<std::uint16_t>(id)] = by_id[id];
  return boxes;
}

image::Mask OrganBlock::clean(double erosion_mm, double margin_mm) const {
  image::Mask result(grid);
  for (std::size_t v = 0; v < organ.voxels().size(); ++v)
    result[v] = organ[v] && depth_mm[v] > erosion_mm && candidate_mm[v] > margin_mm;
  return result;
}

std::size_t OrganBlock::offset_in_whole(std::size_t offset_in_block) const {
  const space::IndexIjk at = grid.index(offset_in_block);
  return whole.offset({at.i + first.i, at.j + first.j, at.k + first.k});
}

image::Region OrganBlock::region_in_whole(const image::Mask& mask) const {
  image::Region region;
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    if (mask[v]) region.push_back(offset_in_whole(v));  // both grids run i, j, k: the order is kept
  return region;
}

OrganBlock cut_out(const image::LabelMap& organs, const OrganBoxes& boxes, std::span<const std::uint16_t> ids,
                   const image::Mask& candidates, double margin_mm, const base::Run& run) {
  OrganBlock block;
  block.whole = organs.geometry();
  image::Box box;
  std::vector<bool> wanted(65536, false);
  for (const std::uint16_t id : ids) {
    wanted[id] = true;
    const auto found = boxes.find(id);
    if (found == boxes.end()) continue;
    include(box, found->second.first[0], found->second.first[1], found->second.first[2]);
    include(box, found->second.last[0], found->second.last[1], found->second.last[2]);
  }
  if (box.empty()) return block;
  box = box.grown(block.whole, margin_mm);
  block.first = {box.first[0], box.first[1], box.first[2]};
  block.grid = block.whole;
  block.grid.origin = block.whole.to_lps(block.first);
  for (std::size_t axis = 0; axis < 3; ++axis) block.grid.size[axis] = box.last[axis] - box.first[axis] + 1;

  block.organ = image::Mask(block.grid);
  image::Mask outside(block.grid), candidates_here(block.grid);
  for (std::size_t v = 0; v < block.organ.voxels().size(); ++v) {
    const std::size_t there = block.offset_in_whole(v);
    block.organ[v] = wanted[organs[there]];
    outside[v] = !block.organ[v];
    candidates_here[v] = candidates[there];
    block.organ_voxels += block.organ[v];
    block.candidate_voxels += block.organ[v] && candidates_here[v];
  }
  block.depth_mm = image::distance_mm(outside, run);
  block.candidate_mm = image::distance_mm(candidates_here, run);
  return block;
}

}  // namespace netpet::anatomy
