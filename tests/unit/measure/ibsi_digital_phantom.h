#pragma once

#include "image/volume.h"

namespace netpet::measure {

/// The IBSI 1 digital phantom, designed by Alex Zwanenburg, CC BY 4.0 (github.com/theibsi/data_sets,
/// ibsi_1_digital_phantom): 5 × 4 × 4 voxels of 2 mm, grey levels 1 … 9; 74 voxels are in the region.
struct DigitalPhantom {
  image::PetVolume image;
  image::Region region;
};

inline DigitalPhantom digital_phantom() {
  space::Geometry grid;
  grid.size = {5, 4, 4};
  grid.spacing = {2, 2, 2};
  const std::vector<float> values{1, 4, 4, 1, 1, 1, 4, 6, 1, 1, 4, 1, 6, 4, 1, 4, 4, 6, 4, 1,  //
                                  1, 4, 4, 1, 1, 1, 1, 6, 1, 1, 1, 1, 3, 1, 1, 4, 4, 6, 1, 1,  //
                                  1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 6, 1, 1,  //
                                  1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6, 1, 1};
  image::Region region;
  for (std::size_t at = 0; at < values.size(); ++at)
    if (at != 30 && at != 43 && at != 44 && at != 52 && at != 63 && at != 64) region.push_back(at);
  return {image::PetVolume(grid, values), region};
}

}  // namespace netpet::measure
