#pragma once

#include <vector>

#include "registration/grids.h"
#include "space/affine.h"

namespace netpet::registration {

/// One scan as the coarse search sees it, on a patient grid of 8 mm.
struct CoarseScan {
  Field look;        ///< what is correlated; the same scale in both scans
  image::Mask body;  ///< without couch
  std::vector<image::Mask>
      landmarks;  ///< what profiles along the patient are made of, beside the body: bone, lung
};

/// A guess of the transform, fixed LPS to moving LPS, and its worth (correlation, less where little
/// overlaps).
struct Guess {
  space::Affine fixed_to_moving;
  double worth = 0;
  double share_of_starts = 1;  ///< of those that were climbed, how many ended here
};

/// Whether two transforms take a body in the middle of `grid` to the same place, within 16 mm at its ends.
bool are_same(const space::Affine& a, const space::Affine& b, const space::Geometry& grid);

/// The likely alignments from any start, best first, at most `most`; empty where the bodies cannot overlap.
///
/// Shifts along the patient come from profiles of body, bone and lung area per slice, shifts across from the
/// bodies' centres, turns from a grid of ±12°; then correlation is climbed at 16 and 8 mm.
std::vector<Guess> coarse_alignments(const CoarseScan& fixed, const CoarseScan& moving, std::size_t most,
                                     const base::Run& run);

/// Climbs the correlation of `moving` with `fixed` inside the fixed body by rotation and shift, from steps of
/// `first_step_mm` down to `last_step_mm`. Both on patient grids of any spacing.
Guess climb(const Field& fixed, const image::Mask& fixed_body, const Field& moving, const Guess& start,
            double first_step_mm, double last_step_mm);

}  // namespace netpet::registration
