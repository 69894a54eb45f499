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
  std::optional<image::PetVolume> ct_hu;     ///< smoothed; absent without a CT
  std::optional<image::PetVolume> ct_clear;  ///< less noise, edges kept
  std::optional<image::PetVolume> ct_mean;   ///< the mean of each voxel
  image::PetVolume suv;                      ///< smoothed; 0 everywhere without a PET
  record::Role role;

  bool has_pet = true;

  bool has_ct() const { return ct_hu.has_value(); }
  double x_mm(int i) const { return grid.origin.x + i * grid.spacing.x; }
  double y_mm(int j) const { return grid.origin.y + j * grid.spacing.y; }
  double z_mm(int k) const { return grid.origin.z + k * grid.spacing.z; }
  int k_at(double z_mm) const;  ///< the nearest slice, kept inside the grid
};

/// Brings both scans onto a grid of 4 mm that covers what both saw, or a CT alone onto one of 3 mm; the air
/// beside the patient is left out.
Scene make_scene(const image::CtVolume* ct, const image::PetVolume* suv, record::Role role,
                 const base::Run& run);

/// The middle of the vertebral column in each slice, LPS mm.
struct SpinePoint {
  double x = 0, y = 0;
};

/// The middles of the heads of both femurs, LPS mm.
struct HipJoints {
  space::PointLps right, left;
  bool mirrored = false;  ///< one is seen, the other its mirror image
};

/// What is found first, and what the organs are then sought by.
struct Landmarks {
  image::Mask body;  ///< filled, without the table
  image::Mask bones, lung_right, lung_left;
  image::Mask
      cavity;  ///< what the muscles of the trunk enclose, without the outer part of the wall; needs a CT
  std::vector<SpinePoint> spine;                   ///< one a slice
  bool has_lungs = false;                          ///< both, whole or nearly so
  bool has_level = false;                          ///< the heights below are seen or can be told from others
  double right_dome_z_mm = 0, left_dome_z_mm = 0;  ///< top of the diaphragm under each lung
  double lung_top_z_mm = 0;
  std::optional<double> crest_z_mm;  ///< top of the iliac crests, where the scan shows it
  std::optional<HipJoints> hips;     ///< where the scan shows them

  /// The middle of the column as a whole: beside the sacrum a path through bone may stray.
  double midline_x_mm() const;
};

Landmarks find_landmarks(const Scene& scene, const base::Run& run);

/// Fills, slice by slice, what a mask encloses there.
void fill_slices(image::Mask& mask);

/// What of `mask` an opening with `radius_mm` leaves joined to `seeds`, grown back to the mask.
image::Mask opened_from(const image::Mask& mask, const image::Mask& seeds, double radius_mm,
                        const base::Run& run);

/// What lies nearer to the middle of the trunk than the ribs, in each slice and direction; `beyond_mm` is
/// how far past their inner edge it may reach. Everything in directions without ribs.
image::Mask inside_of_ribs(const Scene& scene, const Landmarks& marks, double beyond_mm);

/// The top of the iliac crests, below `highest_mm` and the lungs; nothing where the scan does not show it.
std::optional<double> crest_z_mm(const Scene& scene, const Landmarks& marks, double highest_mm);

double volume_ml(const image::Mask& mask);
/// The value below which `share` of the volume's values inside the mask lie; 0 where the mask is empty.
double quantile(const image::PetVolume& volume, const image::Mask& mask, double share);
/// The density that most voxels of the mask have, within `least` … `most` HU; nothing where none has.
std::optional<double> mode_of(const image::PetVolume& hu, const image::Mask& mask, double least, double most);

}  // namespace netpet::anatomy
