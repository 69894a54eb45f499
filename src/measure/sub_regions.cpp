#include "measure/sub_regions.h"

#include <algorithm>
#include <map>

#include "image/components.h"
#include "image/distance.h"
#include "image/mask.h"
#include "image/region_block.h"
#include "image/sphere.h"

namespace netpet::measure {
namespace {

/// With a voxel of outside on every side, beyond the border of the image too: a lesion has a rim there as
/// well.
image::Box with_surroundings(image::Box box) {
  for (std::size_t a = 0; a < 3; ++a) --box.first[a], ++box.last[a];
  return box;
}

image::Mask inside_rim(const image::RegionBlock& block, double rim_mm) {
  const space::Vec3 spacing = block.geometry().spacing;
  return image::erode(block.mask(), std::max({rim_mm, spacing.x, spacing.y, spacing.z}), base::Run());
}

/// The mean over what of the sphere lies in the mask.
double local_mean(const image::PetVolume& suv, const image::RegionBlock& block, const image::Mask& mask,
                  const image::Sphere& sphere, std::size_t centre) {
  double sum = 0;
  std::size_t count = 0;
  for (const std::size_t voxel : image::voxels_of(sphere, block.geometry(), block.geometry().index(centre))) {
    if (mask[voxel] == 0) continue;
    sum += double(suv[block.grid_offset(voxel)]);
    ++count;
  }
  return sum / static_cast<double>(count);
}

}  // namespace

std::vector<ClassRegion> sub_regions(const image::PetVolume& suv, const image::Region& region,
                                     const std::function<int(double)>& class_of,
                                     const SubRegionRules& rules) {
  if (region.empty()) return {};
  const space::Geometry& grid = suv.geometry();
  const image::RegionBlock block(region, grid, with_surroundings(image::bounding_box(grid, region)));
  const image::Mask inside = inside_rim(block, rules.rim_mm);
  const image::Sphere sphere = image::sphere_on(grid, image::kOneMlRadiusMm);
  std::map<int, image::Mask> classes;
  for (std::size_t voxel = 0; voxel < inside.voxels().size(); ++voxel) {
    if (inside[voxel] == 0) continue;
    const int here = class_of(local_mean(suv, block, inside, sphere, voxel));
    classes.try_emplace(here, block.geometry()).first->second[voxel] = 1;
  }
  std::vector<ClassRegion> parts;
  for (const auto& [of_class, mask] : classes)
    for (const image::Region& part :
         image::connected_components(mask, image::Neighbourhood::faces6).regions()) {
      if (static_cast<double>(part.size()) * grid.voxel_volume_ml() < rules.least_ml) continue;
      ClassRegion one{of_class, block.on_grid(part), 0};
      for (const std::size_t voxel : one.region)
        one.mean += double(suv[voxel]) / static_cast<double>(part.size());
      parts.push_back(std::move(one));
    }
  std::stable_sort(parts.begin(), parts.end(), [](const ClassRegion& a, const ClassRegion& b) {
    return a.region.size() > b.region.size();
  });
  return parts;
}

}  // namespace netpet::measure
