#include "image/region_block.h"

namespace netpet::image {

RegionBlock::RegionBlock(const Region& region, const space::Geometry& grid)
    : RegionBlock(region, grid, bounding_box(grid, region)) {}

RegionBlock::RegionBlock(const Region& region, const space::Geometry& grid, const Box& box)
    : region_(region), grid_(grid), box_(box) {
  base::check(!region.empty(), "an empty region has no block");
  block_.spacing = grid.spacing;
  for (std::size_t a = 0; a < 3; ++a) block_.size[a] = box_.last[a] - box_.first[a] + 1;
}

Mask RegionBlock::mask() const {
  Mask mask(block_);
  for (const std::size_t voxel : region_) mask[block_offset(voxel)] = 1;
  return mask;
}

Region RegionBlock::on_grid(Region block_region) const {
  for (std::size_t& voxel : block_region) voxel = grid_offset(voxel);
  return block_region;
}

}  // namespace netpet::image
