#include "dicom/object_mask.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "dicom/attributes.h"
#include "dicom/read_rtstruct.h"
#include "dicom/read_seg.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

constexpr std::string_view segmentation = "1.2.840.10008.5.1.4.1.1.66.4",
                           label_map_segmentation = "1.2.840.10008.5.1.4.1.1.66.7",
                           structure_set = "1.2.840.10008.5.1.4.1.1.481.3";

std::vector<ObjectMask> masks_of(const std::filesystem::path& file, const space::Geometry& grid) {
  const FileLayout layout = examine(file);
  const DataSet data_set(file, layout, HeaderPart::whole);
  const std::string sop_class = data_set.attributes().text(tags::sop_class_uid);
  if (sop_class == segmentation || sop_class == label_map_segmentation)
    return read_seg(file, layout, data_set.attributes(), grid);
  if (sop_class == structure_set) return read_rtstruct(data_set.attributes(), grid);
  throw base::Error::input("mask_not_supported",
                           "the object is neither a Segmentation nor an RT structure set");
}

}  // namespace

std::vector<ObjectMask> read_masks(const std::filesystem::path& file, const space::Geometry& grid) {
  prepare_toolkit();
  try {
    std::vector<ObjectMask> masks = masks_of(file, grid);
    const bool any =
        std::any_of(masks.begin(), masks.end(), [](const ObjectMask& mask) { return !mask.voxels.empty(); });
    if (!any)
      throw base::Error::input("mask_elsewhere",
                               "no region of the object holds a voxel of the image: it belongs to another "
                               "image, or its regions are smaller than a voxel");
    return masks;
  } catch (base::Error& error) {
    if (error.file()) throw;
    throw base::Error(std::move(error)).in_file(file.string());
  }
}

image::LabelMap label_map_of(const std::vector<ObjectMask>& masks, const space::Geometry& grid) {
  image::LabelMap labels(grid);
  for (const ObjectMask& mask : masks) {
    for (const std::size_t voxel : mask.voxels) {
      if (labels[voxel] != 0)
        throw base::Error::input("masks_overlap", fmt::format("regions {} and {} overlap: name one of them",
                                                              labels[voxel], mask.number));
      labels[voxel] = static_cast<std::uint16_t>(mask.number);
    }
  }
  return labels;
}

}  // namespace netpet::dicom
