#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/pet_header.h"
#include "record/tracer_scan.h"
#include "record/warning.h"
#include "suv/suv_type.h"

namespace netpet::suv {

/// What turns rescaled pixel values into SUV of one type.
struct SuvFactors {
  std::vector<double> per_slice;  ///< SUV per unit of the rescaled pixel value; k = 0 first
  record::SuvProvenance provenance;
  std::vector<record::Warning> warnings;
};

/// SUV = A[Bq/mL] · N / D[Bq], N the normaliser of the type (suv_type.h; for `bw` the mass in g) and D the
/// dose at the time to which A is corrected (dose_at_reference.h). Pixels that are SUV of another type
/// already are multiplied by the ratio of the normalisers. Where Philips states SUV per activity, over 2 %
/// off ours warns `philips_factors_differ`, and agreement confirms the reference time. [QIBA SUV; IBSI SUV
/// manual] Refuses what cannot be right, by name: see pixel_meaning.h, corrections.h, body.h,
/// dose_at_reference.h; and `suv_not_finite`.
SuvFactors suv_factors(const record::PetHeader& header, const base::Resources& resources,
                       const std::set<std::string>& accepted_codes, SuvType type = SuvType::bw);

/// Turns rescaled pixel values into SUV, in place.
void apply(const SuvFactors& factors, image::PetVolume& pixels, const base::Run& run = {});

}  // namespace netpet::suv
