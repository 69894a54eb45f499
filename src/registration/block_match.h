#pragma once

#include <vector>

#include "registration/grids.h"
#include "registration/rigid_fit.h"

namespace netpet::registration {

/// A block of 8 × 7 × 7 voxels, by its lowest corner.
using Block = space::IndexIjk;

/// Blocks of the fixed scan whose surroundings look different in every direction (least eigenvalue of the
/// structure tensor [shi1994]): edges of bone and lung. Spread over the body, best first within each part of
/// it. `structure` in compressed HU.
std::vector<Block> structured_blocks(const Field& structure, const image::Mask& body, const base::Run& run);

/// How far a block is looked for around the place where the transform puts it.
struct Search {
  int radius_voxels = 3;
};

/// Where the fixed blocks lie in the moving scan: greatest local correlation, refined below a voxel. Blocks
/// without a clear place (correlation too low, at the border of the search, or outside the moving scan) are
/// left out.
std::vector<Match> match_blocks(const Field& fixed, const std::vector<Block>& blocks, const Field& moving,
                                const space::Affine& fixed_to_moving, Search search, const base::Run& run);

}  // namespace netpet::registration
