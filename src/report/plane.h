#pragma once

#include "image/volume.h"
#include "space/affine.h"

namespace netpet::report {

/// A rectangle in the patient on which pictures are sampled: pixel (x, y) lies at origin + x·mm·right +
/// y·mm·down.
struct Plane {
  space::PointLps origin;  ///< LPS mm
  space::Vec3 right;       ///< unit vectors
  space::Vec3 down;
  double pixel_mm = 1;
  int width = 0;
  int height = 0;

  space::PointLps at(double x, double y) const {
    return origin + right * (x * pixel_mm) + down * (y * pixel_mm);
  }
};

/// A box along the patient's axes, LPS mm.
struct Box {
  space::Vec3 low;
  space::Vec3 high;
};
/// The box that holds the voxel centres of a grid.
Box box_of(const space::Geometry& geometry);

/// Planes across a box as radiologists read them: the patient's right (axial, coronal) or front (sagittal) on
/// the left, the front (axial) or the head up.
Plane axial_plane(const Box& box, double z_mm, double pixel_mm);
Plane coronal_plane(const Box& box, double y_mm, double pixel_mm);
Plane sagittal_plane(const Box& box, double x_mm, double pixel_mm);

/// The value at the voxel nearest to a point, `outside` beyond the grid.
template <class T>
T nearest_value(const image::Volume<T>& volume, space::PointLps point, T outside) {
  const space::IndexIjk index = volume.geometry().nearest(point);
  return volume.geometry().contains(index) ? volume(index) : outside;
}

}  // namespace netpet::report
