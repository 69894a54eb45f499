#pragma once

#include <cstddef>
#include <vector>

#include "anatomy/scene.h"

namespace netpet::anatomy {

/// Something seen that tells where a disc of the spine is about. Discs count from L5/S1 (0) up.
struct SpineAnchor {
  std::size_t disc = 0;
  double z_mm = 0;      ///< of what was seen
  double above_mm = 0;  ///< the disc's middle above it, along the column
  double sd_mm = 0;     ///< among patients
};

/// The wings of the sacrum, the iliac crests, the apices of the lungs and the right dome: those that are
/// seen.
std::vector<SpineAnchor> find_spine_anchors(const Scene& scene, const Landmarks& marks);

}  // namespace netpet::anatomy
