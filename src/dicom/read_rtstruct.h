#pragma once

#include <vector>

#include "dicom/attributes.h"
#include "dicom/object_mask.h"

namespace netpet::dicom {

/// The regions of an RT structure set: closed planar contours that lie in slices of the grid, or between
/// them. The contours of a plane combine by the even-odd rule, so that rings and keyholes stay open; a slice
/// takes the nearest plane within half the least distance of any planes. Points and open lines hold nothing.
/// Refuses `rtstruct_malformed`, `contour_oblique`, `mask_frame`.
std::vector<ObjectMask> read_rtstruct(const Attributes& object, const space::Geometry& grid);

}  // namespace netpet::dicom
