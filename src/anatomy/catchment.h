#pragma once

#include <cstdint>
#include <vector>

#include "image/mask.h"
#include "image/volume.h"

namespace netpet::anatomy {

/// The tops of an image and what drains to each.
struct Catchment {
  image::Volume<std::uint32_t> basins;  ///< 0 outside the tissue, n = basin n
  std::vector<std::size_t> tops;        ///< the highest voxel of basin n, at n − 1
  std::vector<float> passes;            ///< of basin n, where it meets another highest; 0 where it meets none
};

/// Floods `tissue` from the top down over faces. Where two basins meet, the lower top joins the higher one
/// unless it rises above the pass by more than `least_rise`, a share of its own height. Ties go to the lower
/// offset.
Catchment catchment_of(const image::PetVolume& suv, const image::Mask& tissue, float least_rise);

}  // namespace netpet::anatomy
