#pragma once

#include <cstdint>
#include <map>

#include "base/run.h"
#include "image/mask.h"

namespace netpet::anatomy {

/// How numbered markers spread through a medium: the cost of a step rises where the medium is thin, and where
/// its density is not that of the marker's organ.
struct Spread {
  std::map<std::uint8_t, float>
      density;                   ///< of each organ, HU; a marker without one spreads at twice the cost
  float density_tolerance = 10;  ///< HU at which the cost of a step doubles
  float bridge_mm = 4;           ///< depth of the medium at which the cost of a step doubles
  float farthest_mm = 180;       ///< of the path, cost counted in
};

/// Each voxel of `medium` goes to the marker from which the cheapest path of face steps leads to it; 0 where
/// none reaches it. `depth_mm` is the distance to the border of the medium. Deterministic: of equal paths the
/// lower marker wins.
image::Volume<std::uint8_t> grow_labels(const image::Mask& medium, const image::Volume<float>& depth_mm,
                                        const image::PetVolume& hu, image::Volume<std::uint8_t> markers,
                                        const Spread& spread, const base::Run& run);

}  // namespace netpet::anatomy
