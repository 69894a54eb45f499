#pragma once

#include <filesystem>
#include <optional>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::pipeline {

/// The voxels of one label of a mask, on the grid of the image that it belongs to.
struct LabelledRegion {
  int label = 0;
  image::Region region;  ///< never empty, sorted
  bool resampled = false;
};

enum class MaskGrid { refuse, resample };

/// Reads a NIfTI label map. Its axes may run in another order or direction than those of `grid`; voxels that
/// are not those of `grid` are refused (`mask_grid`) or each voxel of `grid` takes the label of the nearest.
/// Refuses `mask_empty`, `label_needed` (usage) where several labels are there and none is named,
/// `label_missing`, `mask_outside_image`.
LabelledRegion region_of_mask(const std::filesystem::path& mask, std::optional<int> label,
                              const space::Geometry& grid, MaskGrid other_grid, const base::Run& run);

}  // namespace netpet::pipeline
