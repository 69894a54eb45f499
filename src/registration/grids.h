#pragma once

#include "base/run.h"
#include "image/mask.h"
#include "image/volume.h"

namespace netpet::registration {

/// Values on a working grid: HU, compressed HU or log-uptake.
using Field = image::Volume<float>;

/// The grid along the axes of the patient (LPS) with `spacing_mm` cubes that covers all voxels of `geometry`.
space::Geometry patient_grid(const space::Geometry& geometry, double spacing_mm);

/// An image on `patient_grid`: averaged over whole blocks of voxels near `spacing_mm` in one pass over the
/// source, then interpolated. Values are clamped to [low, high] first; outside the source stands `low`.
Field on_patient_grid(const image::CtVolume& source, double spacing_mm, float low, float high,
                      const base::Run& run);
Field on_patient_grid(const image::PetVolume& source, double spacing_mm, float low, float high,
                      const base::Run& run);

/// Means of 2 × 2 × 2 voxels; an odd last plane is dropped.
Field halved(const Field& field);

/// 1 where at least half of 2 × 2 × 2 voxels are set.
image::Mask halved(const image::Mask& mask);

}  // namespace netpet::registration
