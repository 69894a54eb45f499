#include "measure/sub_regions.h"

#include <algorithm>
#include <map>

#include "image/components.h"
#include "image/distance.h"
#include "image/mask.h"
#include "image/sphere.h"

namespace netpet::measure {
namespace {

/// The region with a voxel of outside around it, on a grid of its own.
struct Block {
  space::Geometry grid;  ///< size and spacing alone are used
  std::array<int, 3> first{};

  Block(const space::Geometry& image, const image::Region& region) {
    const image::Box box = image::bounding_box(image, region);
    grid.spacing = image.spacing;
    for (std::size_t a = 0; a < 3; ++a) {
      first[a] = box.first[a] - 1;
      grid.size[a] = box.last[a] - box.first[a] + 3;
    }
  }
  std::size_t of_image(space::IndexIjk at) const {
    return grid.offset({at.i - first[0], at.j - first[1], at.k - first[2]});
  }
  space::IndexIjk in_image(std::size_t voxel) const {
    const space::IndexIjk at = grid.index(voxel);
    return {at.i + first[0], at.j + first[1], at.k + first[2]};
  }
};

image::Mask inside_rim(const space::Geometry& image, const image::Region& region, const Block& block,
                       double rim_mm) {
  image::Mask mask(block.grid);
  for (const std::size_t voxel : region) mask[block.of_image(image.index(voxel))] = 1;
  const space::Vec3 spacing = image.spacing;
  return image::erode(mask, std::max({rim_mm, spacing.x, spacing.y, spacing.z}), base::Run());
}

/// The mean over what of the sphere lies in the mask.
double local_mean(const image::PetVolume& suv, const Block& block, const image::Mask& mask,
                  const image::Sphere& sphere, std::size_t centre) {
  double sum = 0;
  std::size_t count = 0;
  for (const std::size_t voxel : image::voxels_of(sphere, block.grid, block.grid.index(centre))) {
    if (mask[voxel] == 0) continue;
    sum += double(suv(block.in_image(voxel)));
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
  const Block block(grid, region);
  const image::Mask inside = inside_rim(grid, region, block, rules.rim_mm);
  const image::Sphere sphere = image::sphere_on(grid, image::kOneMlRadiusMm);
  std::map<int, image::Mask> classes;
  for (std::size_t voxel = 0; voxel < inside.voxels().size(); ++voxel) {
    if (inside[voxel] == 0) continue;
    const int here = class_of(local_mean(suv, block, inside, sphere, voxel));
    classes.try_emplace(here, block.grid).first->second[voxel] = 1;
  }
  std::vector<ClassRegion> parts;
  for (const auto& [of_class, mask] : classes)
    for (const image::Region& part :
         image::connected_components(mask, image::Neighbourhood::faces6).regions()) {
      if (static_cast<double>(part.size()) * grid.voxel_volume_ml() < rules.least_ml) continue;
      ClassRegion one{of_class, {}, 0};
      for (const std::size_t voxel : part) {
        const space::IndexIjk at = block.in_image(voxel);
        one.region.push_back(grid.offset(at));
        one.mean += double(suv(at)) / static_cast<double>(part.size());
      }
      std::sort(one.region.begin(), one.region.end());
      parts.push_back(std::move(one));
    }
  std::stable_sort(parts.begin(), parts.end(), [](const ClassRegion& a, const ClassRegion& b) {
    return a.region.size() > b.region.size();
  });
  return parts;
}

}  // namespace netpet::measure
