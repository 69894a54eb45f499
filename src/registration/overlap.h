#pragma once

#include "registration/grids.h"
#include "space/affine.h"

namespace netpet::registration {

/// What is compared of two scans that lie on each other, on patient grids of the same spacing.
struct Compared {
  const Field& look;
  const image::Mask& body;
  const image::Mask& bone;
};

/// How two scans agree where both look.
struct Overlap {
  double dice_body = 0;
  double dice_bone = 0;
  double ncc = 0;               ///< inside both bodies
  double common_body_ml = 0;    ///< inside both bodies
  double common_share = 0;      ///< of the smaller body
  double common_length_mm = 0;  ///< along the patient (z of the fixed scan)
};

/// Compares voxel by voxel of the fixed scan; places that the moving scan does not show do not count.
Overlap measure_overlap(const Compared& fixed, const Compared& moving, const space::Affine& fixed_to_moving,
                        const base::Run& run);

}  // namespace netpet::registration
