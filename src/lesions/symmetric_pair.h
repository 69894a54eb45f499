#pragma once

#include <vector>

#include "lesions/outline.h"
#include "lesions/unlabelled_organ.h"

namespace netpet::lesions {

/// Which outlines of one scan are the two sides of a paired structure of head and neck (tonsils and salivary
/// glands on FDG, salivary and lacrimal glands on SSTR): small, moderate, mirrored at the midline and
/// of like uptake, outside the bones. One flag an outline.
std::vector<char> find_symmetric_pairs(const std::vector<const Outline*>& outlines,
                                       const space::Geometry& grid, const Landmarks& landmarks,
                                       const MirroredPairRule& rule);

}  // namespace netpet::lesions
