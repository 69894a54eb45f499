#pragma once

#include <string>
#include <vector>

#include "image/volume.h"
#include "lesions/rules.h"

namespace netpet::lesions {

/// What an outline says of the numbers that are measured in it (data/lesions.json, `outline_flags`):
/// `partial_volume` where a ball of its volume is narrower than so many widths of the point spread, and
/// `photopenic_core` where it encloses tissue below its threshold, which its volume leaves out and which is
/// none of `foci`, the voxels of lesions of their own inside it.
std::vector<std::string> outline_flags(const image::Region& outline, const image::Region& foci,
                                       const space::Geometry& grid, const OutlineFlagRules& rules);

}  // namespace netpet::lesions
