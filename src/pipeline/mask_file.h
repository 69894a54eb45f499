#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::pipeline {

/// What a mask of voxels that are not those of the image is good for. A DICOM mask names the patient space
/// that it was drawn in, so its regions may be carried; a NIfTI one does not, so somebody must say so.
enum class MaskGrid { refuse, resample };

/// One region of a mask file, on the grid that it was asked for.
struct MaskRegion {
  int label = 0;         ///< NIfTI label, SEG segment or RTSTRUCT ROI number
  std::string name;      ///< empty where the file gives none
  image::Region voxels;  ///< sorted; empty where it holds no voxel centre of the grid
};

struct MaskFile {
  std::vector<MaskRegion> regions;  ///< of rising labels; none where the mask marks nothing
  bool resampled = false;           ///< drawn on other voxels than those of the grid
  bool frame_unknown = false;       ///< a DICOM mask, but no frame of reference on both sides to compare
};

/// Whether a file is NIfTI, by its content; by its name where it is damaged.
bool is_nifti(const std::filesystem::path& file);

/// Reads a NIfTI label map, a DICOM Segmentation or an RT structure set (told apart by content), or a folder
/// that holds one such file alone. The axes of a mask may run in another order or direction than those of
/// `grid`. Refuses `mask_grid` (NIfTI on other voxels, unless `other_grid` allows it),
/// `mask_folder`, and what `dicom::read_masks` and the NIfTI reader refuse.
MaskFile read_mask_file(const std::filesystem::path& mask, const space::Geometry& grid, MaskGrid other_grid,
                        const base::Run& run);

}  // namespace netpet::pipeline
