#pragma once

#include <string_view>

#include "dicom/write_study.h"
#include "phantom/pose.h"
#include "space/geometry.h"

namespace netpet::phantom {

enum class Detail { full, small };

/// Grids and image quality of one PET/CT protocol. Lengths in mm.
struct Protocol {
  int ct_matrix = 512;
  double ct_pixel = 0.9766, ct_slice = 3;
  int pet_matrix = 200;
  double pet_pixel = 4.0728, pet_slice = 3;
  int bed_slices = 90;
  double below_mm = 130;  ///< how far the scan reaches below the femoral heads
  double above_mm = 12;   ///< and above the vertex
  double psf_fwhm = 5.5;
  double liver_noise = 0.10;  ///< coefficient of variation of liver voxels
  double noise_fwhm = 6;
  double ct_noise_hu = 14;
};

/// The protocol of a maker's scanner for a session; the two sessions never share all of their grid.
Protocol protocol_of(dicom::Vendor vendor, Session session, Detail detail);

/// The grids of a protocol around a patient whose scan spans `low` … `high` in z and is centred at (x, y).
struct Grids {
  space::Geometry ct, pet;
};
Grids grids_of(const Protocol& protocol, const Pose& pose, const BodyPlan& plan, Session session);

}  // namespace netpet::phantom
