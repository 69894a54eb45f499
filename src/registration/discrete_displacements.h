#pragma once

#include <vector>

#include "registration/self_similarity.h"
#include "space/displacement_field.h"

namespace netpet::registration {

/// One scan as the discrete search sees it; both scans of a pair stand on one grid.
struct DescribedScan {
  const space::Geometry& grid;
  const std::vector<Descriptor>& descriptors;
  const image::Mask& shown;  ///< voxels inside the body that the scan holds
};

/// Displacements of up to ±24 mm that take places of `fixed` to places alike in `moving`, on nodes four
/// voxels apart: the least difference of self-similarity over all displacements of a lattice of two voxels,
/// and the smoothness of the field, in turns and with growing weight of the latter (coupled convex,
/// [heinrich2014]). No start is needed and no local minimum met.
space::DisplacementField discrete_displacements(const DescribedScan& fixed, const DescribedScan& moving,
                                                const base::Run& run);

}  // namespace netpet::registration
