#pragma once

#include <array>

#include "image/volume.h"
#include "space/vec3.h"

namespace netpet::measure {

/// The shape of a region, mm, along the axes of its grid.
struct Solid {
  double mesh_volume_mm3 = 0;  ///< inside the surface half-way between voxels inside and outside
  double mesh_area_mm2 = 0;
  double hull_volume_mm3 = 0;  ///< of the convex hull of that surface
  double hull_area_mm2 = 0;
  double diameter_mm = 0;                 ///< largest distance between two points of the surface
  space::Vec3 box_mm;                     ///< edges of the box around the surface, along the grid
  space::Vec3 centroid;                   ///< mean of the voxel centres, from voxel (0,0,0)
  std::array<double, 3> variances_mm2{};  ///< of the voxel centres along the principal axes (n − 1), falling

  double box_volume_mm3() const { return box_mm.x * box_mm.y * box_mm.z; }
  double box_area_mm2() const {
    return 2 * (box_mm.x * box_mm.y + box_mm.y * box_mm.z + box_mm.z * box_mm.x);
  }
  /// 4 √λ: of an ellipsoid the whole length.
  double axis_mm(std::size_t axis) const;
};

/// Refuses (our bug) an empty region.
Solid solid_of(const space::Geometry& grid, const image::Region& region);

/// Area of an ellipsoid by its half axes, falling: 20 terms of the series in Legendre polynomials that IBSI
/// gives.
double ellipsoid_area(double a, double b, double c);

}  // namespace netpet::measure
