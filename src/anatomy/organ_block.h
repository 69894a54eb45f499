#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/run.h"
#include "image/mask.h"
#include "image/volume.h"

namespace netpet::anatomy {

/// Where the organs of a map lie: the block of each id, found in one pass.
using OrganBoxes = std::map<std::uint16_t, image::Box>;
OrganBoxes boxes_of(const image::LabelMap& organs);

/// One organ (or several taken as one) cut out of the whole grid, with how deep its voxels lie and how far
/// they are from candidates. All volumes lie on `grid`, a block of the whole grid in the same patient space.
struct OrganBlock {
  space::Geometry grid;
  space::IndexIjk first;  ///< of the block in the whole grid
  space::Geometry whole;  ///< the whole grid
  image::Mask organ;
  image::Volume<float> depth_mm;      ///< to the nearest voxel centre outside the organ; 0 outside
  image::Volume<float> candidate_mm;  ///< to the nearest candidate voxel's centre
  std::size_t organ_voxels = 0;
  std::size_t candidate_voxels = 0;  ///< of the organ

  double organ_ml() const { return static_cast<double>(organ_voxels) * grid.voxel_volume_ml(); }
  /// The share of the organ that candidates take.
  double replaced_share() const {
    return organ_voxels == 0 ? 0 : static_cast<double>(candidate_voxels) / static_cast<double>(organ_voxels);
  }
  /// Organ voxels deeper than `erosion_mm` and farther than `margin_mm` from candidates.
  image::Mask clean(double erosion_mm, double margin_mm) const;
  std::size_t offset_in_whole(std::size_t offset_in_block) const;
  /// The set voxels of a mask on `grid`, as sorted offsets of the whole grid.
  image::Region region_in_whole(const image::Mask& mask) const;
};

/// Cuts out the voxels whose id is one of `ids`; empty (no voxels) where the map has none. `margin_mm` is how
/// far around the organ candidates matter.
OrganBlock cut_out(const image::LabelMap& organs, const OrganBoxes& boxes, std::span<const std::uint16_t> ids,
                   const image::Mask& candidates, double margin_mm, const base::Run& run);

}  // namespace netpet::anatomy
