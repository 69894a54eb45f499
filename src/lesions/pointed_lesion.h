#pragma once

#include <optional>

#include "lesions/outline.h"

namespace netpet::lesions {

/// Outlines what a reader points at on one tracer: the highest voxel near `at` (LPS of the scan), with the
/// tracer's own method above the level around it, outside `taken` (sorted voxels of other lesions). Nothing
/// where the place does not stand out of its surroundings, or lies outside the scan.
std::optional<Outline> outline_pointed_at(const image::PetVolume& suv, const image::LabelMap& organs,
                                          space::PointLps at, const image::Region& taken,
                                          const record::References& references, record::Role role,
                                          const base::Resources& resources, const base::Run& run);

}  // namespace netpet::lesions
