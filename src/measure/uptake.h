#pragma once

#include "image/volume.h"
#include "record/lesion.h"
#include "record/reference.h"

namespace netpet::measure {

/// Measures a region on the image of its own grid: SUVmax, SUVpeak (global 0F91, local VJGA), SUVmean,
/// volume, total uptake, ratios of SUVpeak to the mean of liver, spleen and blood pool. `outlined` is set. An
/// empty region gives numbers that cannot be had; refuses (our bug) a voxel outside the grid.
record::Uptake measure_uptake(const image::PetVolume& suv, const image::Region& region,
                              const record::References& references);

/// Measures a lesion on a tracer where it has no outline of its own. `place` is the outline of the other
/// tracer, carried onto the grid of `suv`: SUVmean is taken inside it. SUVmax and SUVpeak are the highest
/// within `search_mm` (the registration error) of it, so that an alignment error cannot lose the lesion;
/// `not_here` (other lesions and organs that are hot by themselves, sorted; may be empty) is left out of that
/// search. Volume and total uptake do not apply. A place outside the scan gives numbers that cannot be had.
record::Uptake measure_in_place(const image::PetVolume& suv, const image::Region& place, double search_mm,
                                const image::Region& not_here, const record::References& references);

}  // namespace netpet::measure
