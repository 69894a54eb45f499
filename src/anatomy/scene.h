#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/run.h"
#include "image/mask.h"
#include "image/volume.h"
#include "record/tracer.h"

namespace netpet::anatomy {

/// What the search for organs looks at: CT and PET on one coarse grid whose axes run along LPS
/// (i to the left, j to the back, k to the head).
struct Scene {
  space::Geometry grid;
  std::optional<image::PetVolume> ct_hu;  ///< smoothed; absent without a CT
  image::PetVolume suv;                   ///< smoothed; 0 everywhere without a PET
  record::Role role;

  bool with_pet = true;

  bool has_pet() const { return with_pet; }
  bool has_ct() const { return ct_hu.has_value(); }
  double x_mm(int i) const { return grid.origin.x + i * grid.spacing.x; }
  double y_mm(int j) const { return grid.origin.y + j * grid.spacing.y; }
  double z_mm(int k) const { return grid.origin.z + k * grid.spacing.z; }
  int k_at(double z_mm) const;  ///< the nearest slice, kept inside the grid
};

/// Brings both scans onto a grid of about 4 mm that covers what both saw.
Scene make_scene(const image::CtVolume* ct, const image::PetVolume* suv, record::Role role,
                 const base::Run& run);

/// The middle of the vertebral column in each slice, LPS mm.
struct SpinePoint {
  double x = 0, y = 0;
};

/// What is found first, and what the organs are then sought by.
struct Landmarks {
  image::Mask body;  ///< filled, without the table
  image::Mask bones, lung_right, lung_left;
  std::vector<SpinePoint> spine;  ///< one a slice
  bool has_lungs = false;
  double right_dome_z_mm = 0, left_dome_z_mm = 0;  ///< top of the diaphragm under each lung
  double lung_top_z_mm = 0;
};

Landmarks find_landmarks(const Scene& scene, const base::Run& run);

/// Fills, slice by slice, what a mask encloses there.
void fill_slices(image::Mask& mask);

/// What of `mask` an opening with `radius_mm` leaves joined to `seeds`, grown back to the mask.
image::Mask opened_from(const image::Mask& mask, const image::Mask& seeds, double radius_mm,
                        const base::Run& run);

double volume_ml(const image::Mask& mask);
/// The value below which `share` of the volume's values inside the mask lie; 0 where the mask is empty.
double quantile(const image::PetVolume& volume, const image::Mask& mask, double share);

}  // namespace netpet::anatomy
