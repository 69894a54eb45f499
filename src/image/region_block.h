#pragma once

#include "image/mask.h"

namespace netpet::image {

/// The smallest block of a grid that holds a region, as a grid of its own: work on a region need not grow
/// with the image. Offsets of the block and of the grid it was cut from are told apart by name.
class RegionBlock {
 public:
  /// Refuses (our bug) an empty region.
  RegionBlock(const Region& region, const space::Geometry& grid);
  /// A wider block: `box` holds the region. It may reach beyond the grid, where a voxel has no offset of it.
  RegionBlock(const Region& region, const space::Geometry& grid, const Box& box);

  /// Its size and spacing alone mean anything.
  const space::Geometry& geometry() const { return block_; }
  /// An empty mask on the block.
  Mask empty_mask() const { return Mask(block_); }
  /// The voxels of the region, on the block.
  Mask mask() const;

  std::size_t block_offset(std::size_t grid_offset) const {
    const space::IndexIjk at = grid_.index(grid_offset);
    return block_.offset({at.i - box_.first[0], at.j - box_.first[1], at.k - box_.first[2]});
  }
  std::size_t grid_offset(std::size_t block_offset) const {
    const space::IndexIjk at = block_.index(block_offset);
    return grid_.offset({at.i + box_.first[0], at.j + box_.first[1], at.k + box_.first[2]});
  }
  /// A region of the block on the grid; sorted as it was.
  Region on_grid(Region block_region) const;

 private:
  const Region& region_;
  const space::Geometry& grid_;
  Box box_;
  space::Geometry block_;
};

}  // namespace netpet::image
