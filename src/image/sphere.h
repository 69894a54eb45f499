#pragma once

#include <vector>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::image {

/// Radius of a sphere of 1 cm³: (3/4π)^{1/3} cm.
constexpr double kOneMlRadiusMm = 6.2035049089940001;

/// One row of a sphere on a grid: i from −half to +half at (dj, dk).
struct SphereRow {
  int dj, dk, half;
};

/// The voxels of a grid whose centres lie within a radius of a voxel's centre.
struct Sphere {
  std::vector<SphereRow> rows;
  std::size_t voxels = 0;  ///< at least 1, the centre itself
};

/// The sphere of `radius_mm` on the spacing of `geometry`. A centre that misses the radius by rounding alone
/// counts.
Sphere sphere_on(const space::Geometry& geometry, double radius_mm);

/// The voxels of `sphere` around `centre` that exist, sorted.
Region voxels_of(const Sphere& sphere, const space::Geometry& grid, space::IndexIjk centre);

/// The mean over the voxels of `sphere` around `centre` that exist: at the border of the image the sphere is
/// cut. Refuses (our bug) a centre outside the grid.
double sphere_mean(const PetVolume& volume, const Sphere& sphere, space::IndexIjk centre);

/// `sphere_mean` at every voxel. Cost grows with the rows of the sphere, not with its voxels.
PetVolume sphere_means(const PetVolume& volume, const Sphere& sphere, const base::Run& run);

}  // namespace netpet::image
