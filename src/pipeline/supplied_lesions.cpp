#include "pipeline/supplied_lesions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "image/components.h"
#include "pipeline/region_of_mask.h"

namespace netpet::pipeline {
namespace {

using base::Error;

/// Two regions cannot own one voxel: the lesion maps that are written hold one number a voxel.
void refuse_overlap(const std::vector<MaskRegion>& regions, std::size_t voxels, const std::string& file) {
  std::vector<std::uint8_t> taken(voxels);
  for (const MaskRegion& region : regions)
    for (const std::size_t voxel : region.voxels)
      if (taken[voxel]++ != 0)
        throw Error::input("masks_overlap",
                           fmt::format("region {} of the mask overlaps another: separate them", region.label))
            .in_file(file);
}

std::vector<image::Region> parts_of(const image::Region& region, const space::Geometry& grid) {
  image::Mask mask(grid);
  for (const std::size_t voxel : region) mask[voxel] = 1;
  return image::connected_components(mask, image::Neighbourhood::all26).regions();
}

}  // namespace

std::vector<lesions::Outline> supplied_outlines(const std::filesystem::path& mask, ScanWork& work,
                                                const base::Run& run) {
  const image::PetVolume& suv = work.scan.suv;
  std::vector<record::Warning>& warnings = work.scan.record.warnings;
  const MaskFile file = base::within(fmt::format("reading the {} lesion mask", name_of(work.role)), [&] {
    return read_mask_file(mask, suv.geometry(), MaskGrid::resample, run);
  });
  if (file.regions.empty()) {
    warnings.push_back({"lesion_mask_empty",
                        fmt::format("The {} lesion mask marks nothing: the scan counts as without lesions.",
                                    name_of(work.role))});
    return {};
  }
  refuse_overlap(file.regions, suv.voxels().size(), mask.string());
  std::vector<image::Region> regions;
  std::vector<int> outside;
  for (const MaskRegion& region : file.regions)
    if (region.voxels.empty())
      outside.push_back(region.label);
    else
      regions.push_back(region.voxels);
  if (regions.empty())
    throw Error::input("mask_outside_image", "no region of the mask holds a voxel of the scan")
        .in_file(mask.string());
  for (record::Warning& warning : warnings_of(file)) warnings.push_back(std::move(warning));
  if (!outside.empty())
    warnings.push_back({"lesion_mask_region_outside",
                        fmt::format("Regions of the {} lesion mask hold no voxel of the scan and were left "
                                    "out: {}.",
                                    name_of(work.role), fmt::join(outside, ", "))});
  if (file.regions.size() == 1) {
    regions = parts_of(regions.front(), suv.geometry());
    if (regions.size() > 1)
      warnings.push_back({"lesion_mask_parts",
                          fmt::format("The {} lesion mask holds one region in {} parts: each counts as a "
                                      "lesion.",
                                      name_of(work.role), regions.size())});
  }
  return lesions::outlines_of_regions(suv, work.organs, std::move(regions));
}

}  // namespace netpet::pipeline
