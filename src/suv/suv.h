#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/resources.h"
#include "image/volume.h"
#include "record/pet_header.h"
#include "record/tracer_scan.h"
#include "record/warning.h"

namespace netpet::suv {

/// What turns rescaled pixel values into SUVbw.
struct SuvFactors {
  std::vector<double> per_slice;  ///< SUV (g/mL) per unit of the rescaled pixel value; k = 0 first
  record::SuvProvenance provenance;
  std::vector<record::Warning> warnings;
};

/// SUVbw = A[Bq/mL] · W[g] / D[Bq], D the dose at the time to which A is corrected:
/// START D = dose·2^(−(t_ref − t_adm)/T½); ADMIN D = dose; NONE, per slice, A is first brought to the
/// injection by λT·e^(λ(t_acq − t_adm)) / (1 − e^(−λT)). Units BQML, or GML that is SUVbw already. [QIBA SUV;
/// IBSI SUV manual] Refuses what cannot be right, by name: `units_missing`, `units_not_supported`,
/// `suv_type_not_supported`, and what the steps refuse (corrections.h, dose.h, half_life.h, reference_time.h,
/// administration.h); also `acquisition_time_missing`, `frame_duration_missing`, `negative_time`,
/// `frame_times_contradictory` (NONE).
SuvFactors suv_factors(const record::PetHeader& header, const base::Resources& resources,
                       const std::set<std::string>& accepted_codes);

/// Turns rescaled pixel values into SUVbw, in place.
void apply(const SuvFactors& factors, image::PetVolume& pixels);

}  // namespace netpet::suv
