#pragma once

#include <cstddef>
#include <vector>

#include "dicom/instance.h"
#include "space/geometry.h"

namespace netpet::dicom {

/// The images of one series, in order along the slice normal, and the grid they fill.
struct SliceStack {
  space::Geometry geometry;        ///< k grows along the normal, columns × rows; right-handed
  std::vector<std::size_t> order;  ///< order[k] = which instance is slice k
};

/// Sorts the images of one series along their normal, whatever the order and names of the files, and checks
/// that they fill a grid. Refuses: `mixed_patients`, `mixed_studies`, `mixed_series`,
/// `mixed_units`, `mixed_frames_of_reference`, `several_stacks`, `dynamic_series`, `gated_series`, what an
/// instance's `refusal` names, `multiframe_not_supported`, `pixel_format_not_supported`, `image_too_large`,
/// `position_missing`, `mixed_sizes`, `mixed_orientation`, `gantry_tilt`, `duplicate_slice`, `missing_slice`,
/// `uneven_spacing`, `slice_spacing_missing`, `no_pixels`, `truncated_pixels`, `rescale_missing`.
///
/// Tolerances: positions are rounded to 0.01 mm or better, but where two beds of a whole-body PET join a real
/// scanner steps 2.4 % short, so neighbours may differ from the usual spacing by 0.02 mm or 5 %, whichever is
/// more, and no slice may lie more than a quarter of the spacing from its place on an even grid; 1.5 times
/// the usual spacing is a gap. A slice may lie 0.1 mm plus 1 : 2000 of its distance beside the normal through
/// the first one (a tilt of 0.03°), and direction cosines may differ by 1e-4 (0.05 mm across 500 mm).
SliceStack stack_slices(const std::vector<Instance>& instances);

}  // namespace netpet::dicom
