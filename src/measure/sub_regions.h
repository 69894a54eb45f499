#pragma once

#include <functional>
#include <vector>

#include "image/volume.h"

namespace netpet::measure {

/// How a lesion is divided.
struct SubRegionRules {
  double least_ml = 0;  ///< smaller parts are left out
  double rim_mm = 0;    ///< the blurred edge; one voxel at least
  double blur_mm = 0;   ///< how far a hotter part shows in a cooler one
  double even_cov = 0;  ///< up to which uptake is even: SD in 1 cm³ over the mean of the hottest class
};

/// A connected part of a lesion whose local means fall into one class.
struct ClassRegion {
  int of_class = 0;
  image::Region region;
  double mean = 0;  ///< of its local means; of a cooler part, where it is even and clear of hotter ones
};

/// Divides a region by the class of the local mean (`class_of` never falls with it): at each voxel farther
/// from the outside than the rim, the mean over what of the 1 cm³ sphere around it lies inside the rim. Parts
/// are joined over faces. On the way from one part to another blur passes through every class between: what
/// is nowhere even and clear of hotter parts is no part; its voxels go to the one, of the parts that it lies
/// between, whose uptake is nearer. Given are parts that are large enough, the largest first; none where the
/// rim leaves too little.
std::vector<ClassRegion> sub_regions(const image::PetVolume& suv, const image::Region& region,
                                     const std::function<int(double)>& class_of, const SubRegionRules& rules);

}  // namespace netpet::measure
