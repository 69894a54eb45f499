#pragma once

#include "base/run.h"
#include "image/volume.h"
#include "record/registration.h"
#include "registration/canonical_order.h"

namespace netpet::registration {

/// Lays `moving` on `fixed` by a rotation and a shift; both in HU, on any axis-aligned or oblique grid, in
/// their own patient spaces (LPS mm). `fixed_to_moving` of the result maps fixed LPS to moving LPS.
///
/// Body without table, coarse search by slice profiles and correlation, then block matching at 8 and 4 mm
/// with a robust fit (Ourselin 2000, block matching; Umeyama 1991, the fit). The start of either scan does
/// not matter, nor which of both is called fixed: swapped scans give the inverse. Throws
/// `registration_failed` (input) where the scans share too little, or do not show the same body.
record::Registration register_rigid_ct(const image::CtVolume& fixed, const image::CtVolume& moving,
                                       const base::Run& run);

/// The same for a pair that is in canonical order already.
record::Registration register_rigid_ct(const image::CtVolume& staying, const image::CtVolume& moved,
                                       ScanNames names, const base::Run& run);

/// The same for two PETs without CT (any linear unit), by body outline and the logarithm of uptake. Two
/// tracers look different, so the stated error is larger and a warning `registered_by_pet` says so.
record::Registration register_rigid_pet(const image::PetVolume& fixed, const image::PetVolume& moving,
                                        const base::Run& run);

/// The error to expect at a place of the fixed scan, mm. Rigid: what blocks nearby say (distance of their
/// matches from the transform, upper end), growing with the distance to them. Deformable: the errors of the
/// samples around, growing beyond them. Refuses (our bug) a registration without samples and error.
double error_at(const record::Registration& registration, space::PointLps fixed_lps);

}  // namespace netpet::registration
