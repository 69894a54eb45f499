#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "image/volume.h"
#include "record/code.h"
#include "space/geometry.h"

namespace netpet::dicom {

/// Whether a mask was drawn on the voxels (structure set: the slices) of the grid that it was asked for.
enum class MaskPlacing { on_voxels, between_voxels };

/// A region of a Segmentation or of a structure set, on the grid that it was asked for.
struct ObjectMask {
  int number = 0;                             ///< segment number or ROI number
  std::string name;                           ///< segment label or ROI name
  std::string tracking_uid;                   ///< empty where there is none
  std::optional<record::Code> type;           ///< a segment's property type
  std::optional<record::Code> type_modifier;  ///< its modifier, such as the side
  std::string frame_of_reference_uid;         ///< empty where the object names none
  MaskPlacing placing = MaskPlacing::on_voxels;
  image::Region voxels;  ///< empty where no voxel centre of the grid lies inside
};

/// The regions of a Segmentation or RT structure set made by any program, on `grid`: a voxel belongs where
/// its centre lies. Refuses what `examine`, `read_seg` and `read_rtstruct` refuse, `mask_not_supported` for
/// any other object, and `mask_elsewhere` where no region touches the grid.
std::vector<ObjectMask> read_masks(const std::filesystem::path& file, const space::Geometry& grid);

/// One map of all: label = number. Refuses `masks_overlap`.
image::LabelMap label_map_of(const std::vector<ObjectMask>& masks, const space::Geometry& grid);

}  // namespace netpet::dicom
