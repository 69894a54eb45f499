#pragma once

#include "image/volume.h"
#include "record/lesion.h"
#include "record/reference.h"
#include "space/vec3.h"

namespace netpet::measure {

/// Measures a region on the image of its own grid: SUVmax, SUVpeak (global 0F91, local VJGA), SUVmean,
/// volume, total uptake, ratios of SUVpeak to the mean of liver, spleen and blood pool. `outlined` is set. An
/// empty region gives numbers that cannot be had; refuses (our bug) a voxel outside the grid.
record::Uptake measure_uptake(const image::PetVolume& suv, const image::Region& region,
                              const record::References& references);

/// A lesion's outline and hottest point of the other tracer, carried onto this one.
struct CarriedLesion {
  image::Region place;      ///< voxels of this tracer's grid, sorted
  space::PointLps hottest;  ///< in this tracer's patient space
  double error_mm = 0;      ///< of the alignment there
};

/// Measures a lesion on a tracer where it has no outline of its own. SUVmean is taken inside `place`; SUVmax
/// and SUVpeak are the highest in the part of `place` within `error_mm` (at least 5 mm, rules N13) of the
/// carried hottest point: the highest over a whole large place would be high by noise alone. Volume and total
/// uptake do not apply. A place outside the scan gives numbers that cannot be had.
record::Uptake measure_in_place(const image::PetVolume& suv, const CarriedLesion& lesion,
                                const record::References& references);

/// The same at one point of this tracer's patient space, where the alignment leaves no doubt that it is not
/// what lies around: SUVpeak is the 1 cm³ mean centred there, SUVmax the highest voxel of that sphere.
/// SUVmean is taken inside `place`. A point outside the scan gives numbers that cannot be had.
record::Uptake measure_at_point(const image::PetVolume& suv, const image::Region& place,
                                space::PointLps point, const record::References& references);

}  // namespace netpet::measure
