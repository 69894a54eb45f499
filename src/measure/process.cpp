#include "measure/process.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "image/sphere.h"

namespace netpet::measure {

namespace {

/// The filter of the cubic spline falls by 0.27 a voxel: over this many voxels to below 1e-9.
constexpr double kSplineReach = 16;

/// What lies around `box`, far enough for the sphere of SUVpeak and for interpolation.
image::Box with_surroundings(const space::Geometry& grid, const image::Box& box) {
  const double voxel = std::max({grid.spacing.x, grid.spacing.y, grid.spacing.z});
  return box.grown(grid, image::kOneMlRadiusMm + kSplineReach * voxel);
}

/// The voxels of `target` whose centres lie within half a voxel of either grid around `box` of `source`.
image::Box covering(const space::Geometry& source, const image::Box& box, const space::Geometry& target) {
  const space::ContinuousIjk low = target.to_ijk(
      source.to_lps(space::ContinuousIjk{box.first[0] - 0.5, box.first[1] - 0.5, box.first[2] - 0.5}));
  const space::ContinuousIjk high = target.to_ijk(
      source.to_lps(space::ContinuousIjk{box.last[0] + 0.5, box.last[1] + 0.5, box.last[2] + 0.5}));
  const std::array<double, 3> first{low.i, low.j, low.k}, last{high.i, high.j, high.k};
  image::Box covering;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    covering.first[axis] = std::max(0, static_cast<int>(std::floor(first[axis])));
    covering.last[axis] = std::min(target.size[axis] - 1, static_cast<int>(std::ceil(last[axis])));
  }
  return covering;
}

image::PetVolume region_as_image(const space::Geometry& grid, const image::Region& region,
                                 const image::Box& box) {
  image::PetVolume inside(part_of(grid, box));
  for (const std::size_t voxel : region) {
    const space::IndexIjk at = grid.index(voxel);
    inside({at.i - box.first[0], at.j - box.first[1], at.k - box.first[2]}) = 1;
  }
  return inside;
}

image::Region set_voxels(const image::PetVolume& inside) {
  constexpr float kHalf = 0.5f - 1e-6f;  // half a voxel belongs to the region, whatever the last bit says
  image::Region region;
  for (std::size_t voxel = 0; voxel < inside.voxels().size(); ++voxel)
    if (inside[voxel] >= kHalf) region.push_back(voxel);
  return region;
}

void re_segment(Processed& processed, const Processing& how) {
  std::optional<double> lowest = how.lowest, highest = how.highest;
  if (how.outlier_sd && !processed.shape.empty()) {
    double mean = 0, variance = 0;
    const auto n = static_cast<double>(processed.shape.size());
    for (const std::size_t voxel : processed.shape) mean += double(processed.image[voxel]) / n;
    for (const std::size_t voxel : processed.shape)
      variance += std::pow(double(processed.image[voxel]) - mean, 2) / n;
    const double reach = *how.outlier_sd * std::sqrt(variance);
    lowest = std::max(lowest.value_or(mean - reach), mean - reach);
    highest = std::min(highest.value_or(mean + reach), mean + reach);
  }
  std::copy_if(processed.shape.begin(), processed.shape.end(), std::back_inserter(processed.intensity),
               [&](std::size_t voxel) {
                 const double value = double(processed.image[voxel]);
                 return !(lowest && value < *lowest) && !(highest && value > *highest);
               });
}

}  // namespace

Processed process(const image::PetVolume& image, const image::Region& region, const Processing& how) {
  base::check(!region.empty(), "an empty region is not processed");
  const space::Geometry& grid = image.geometry();
  const image::Box around = with_surroundings(grid, image::bounding_box(grid, region));
  Processed processed{part_of(image, around), {}, {}};
  image::PetVolume inside = region_as_image(grid, region, around);
  if (how.spacing_mm) {
    const space::Geometry whole = centred_grid(grid, *how.spacing_mm);
    const space::Geometry target = part_of(whole, covering(grid, around, whole));
    processed.image = interpolate(processed.image, target, how.method);
    inside = interpolate(inside, target, Interpolation::linear);
    if (how.rounding == Processing::Rounding::whole)
      for (float& value : processed.image.voxels()) value = std::nearbyint(value);
  }
  processed.shape = set_voxels(inside);
  re_segment(processed, how);
  return processed;
}

}  // namespace netpet::measure
