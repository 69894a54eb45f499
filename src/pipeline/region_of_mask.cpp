#include "pipeline/region_of_mask.h"

#include <fmt/format.h>

#include <string>

#include "base/error.h"

namespace netpet::pipeline {
namespace {

using base::Error;

std::string list_of(const std::vector<MaskRegion>& regions) {
  std::string list;
  for (const MaskRegion& region : regions) {
    list += list.empty() ? "" : ", ";
    list += region.name.empty() ? fmt::format("{}", region.label)
                                : fmt::format("{} ({})", region.label, region.name);
  }
  return list;
}

bool is_called(const MaskRegion& region, const std::string& label) {
  return label == std::to_string(region.label) || label == region.name;
}

MaskRegion& chosen(std::vector<MaskRegion>& regions, const std::optional<std::string>& label,
                   const std::string& file) {
  std::vector<MaskRegion*> meant;
  for (MaskRegion& region : regions)
    if (!label || is_called(region, *label)) meant.push_back(&region);
  if (meant.size() == 1) return *meant.front();
  if (meant.empty())
    throw Error::input("label_missing",
                       fmt::format("the mask holds no label {}; it holds {}", *label, list_of(regions)))
        .in_file(file);
  throw Error::usage("label_needed",
                     fmt::format("the mask holds the labels {}: name one with --label, by its "
                                 "number or by a name that no other has",
                                 list_of(regions)))
      .in_file(file);
}

}  // namespace

LabelledRegion region_of_mask(const std::filesystem::path& mask, const std::optional<std::string>& label,
                              const space::Geometry& grid, MaskGrid other_grid, const base::Run& run) {
  MaskFile file = read_mask_file(mask, grid, other_grid, run);
  if (file.regions.empty())
    throw Error::input("mask_empty", "the mask marks no voxel").in_file(mask.string());
  MaskRegion& region = chosen(file.regions, label, mask.string());
  if (region.voxels.empty())
    throw Error::input("mask_outside_image",
                       "no voxel of the image lies in the marked region, or it is smaller than a voxel")
        .in_file(mask.string());
  return {region.label, std::move(region.voxels), warnings_of(file)};
}

std::vector<record::Warning> warnings_of(const MaskFile& mask) {
  std::vector<record::Warning> warnings;
  if (mask.resampled)
    warnings.push_back({"mask_resampled",
                        "The mask was drawn on another grid: each voxel took what lies at its centre. Its "
                        "edge may be off by half a voxel of either."});
  if (mask.frame_unknown)
    warnings.push_back({"mask_frame_unknown",
                        "Image or mask names no frame of reference: that both lie in one patient space was "
                        "taken on trust."});
  return warnings;
}

}  // namespace netpet::pipeline
