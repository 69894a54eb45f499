#pragma once

#include <cstdint>
#include <vector>

#include "image/volume.h"

namespace netpet::lesions {

/// What decides at a voxel whether a maximum there is one of its own.
struct SplitLevel {
  float background = 0;
  float noise_sd = 0;
  bool keeps_apart =
      false;  ///< a maximum here (an organ with uptake of its own) never joins a higher one outside
  bool is_organ = false;  ///< with an uptake of its own, which it spills no farther than the rule's reach
};

/// A maximum of an image and the voxels that lead up to it.
struct HotSpot {
  std::size_t top = 0;  ///< the highest voxel
  float height = 0;
  image::Region basin;  ///< sorted
};

/// When two maxima are two: the valley between them lies below the lower one by at least `depth` of its
/// height above background and by `noise_multiple` SD. Of a lower one that is farther than `organ_reach_mm`
/// from the organ of the higher one `beyond_organ_depth` is enough, with as many SD of the organ.
struct SplitRule {
  double depth = 0;
  double noise_multiple = 0;
  double beyond_organ_depth = 0;
  double organ_reach_mm = 0;
};

/// Splits all voxels above `floor` into hot spots by flooding from the top down (26-neighbourhood): a maximum
/// that is not one of its own joins the higher one over its lowest pass. Ties go to the lower offset.
/// `level_of` names the tissue of each voxel in `levels`.
std::vector<HotSpot> split_hot_spots(const image::PetVolume& image, float floor,
                                     const image::Volume<std::uint8_t>& level_of,
                                     const std::vector<SplitLevel>& levels, const SplitRule& rule);

}  // namespace netpet::lesions
