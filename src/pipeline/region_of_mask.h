#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/mask_file.h"
#include "record/warning.h"

namespace netpet::pipeline {

/// The voxels of one region of a mask, on the grid of the image that it belongs to.
struct LabelledRegion {
  int label = 0;
  image::Region region;  ///< never empty, sorted
  std::vector<record::Warning> warnings;
};

/// The region that `label` names, by its number or its name. Without it the mask must hold one region alone.
/// Refuses `mask_empty`, `label_needed` (usage) where several are there and not one alone is named,
/// `label_missing`, `mask_outside_image`, and what `read_mask_file` refuses.
LabelledRegion region_of_mask(const std::filesystem::path& mask, const std::optional<std::string>& label,
                              const space::Geometry& grid, MaskGrid other_grid, const base::Run& run);

/// What a reader of its numbers must know of the way a mask came onto the grid.
std::vector<record::Warning> warnings_of(const MaskFile& mask);

}  // namespace netpet::pipeline
