#pragma once

#include <functional>
#include <vector>

#include "image/volume.h"

namespace netpet::measure {

/// How a lesion is divided.
struct SubRegionRules {
  double least_ml = 0;  ///< smaller parts are left out
  double rim_mm = 0;    ///< the blurred edge; one voxel at least
};

/// A connected part of a lesion whose local means fall into one class.
struct ClassRegion {
  int of_class = 0;
  image::Region region;
  double mean = 0;
};

/// Divides a region by the class of the local mean: at each voxel farther from the outside than the rim, the
/// mean over what of the 1 cm³ sphere around it lies inside the rim. Parts of one class, joined over faces,
/// are given where they are large enough, the largest first; none where the rim leaves too little.
std::vector<ClassRegion> sub_regions(const image::PetVolume& suv, const image::Region& region,
                                     const std::function<int(double)>& class_of, const SubRegionRules& rules);

}  // namespace netpet::measure
