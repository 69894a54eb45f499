#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "registration/grids.h"

namespace netpet::registration {

/// How alike the surroundings of a voxel are among themselves, 12 pairs of six neighbours, 0 … 255; the last
/// four bytes stay 0, so that rows of descriptors compare in whole registers.
using Descriptor = std::array<std::uint8_t, 16>;

/// The descriptor of each voxel (MIND-SSC [heinrich2013]). It does not change with contrast, kVp or window of
/// a CT: only the pattern of edges counts. `look` in (compressed) HU; where it does not vary beyond noise all
/// pairs are alike.
std::vector<Descriptor> self_similarity(const Field& look, const base::Run& run);

}  // namespace netpet::registration
