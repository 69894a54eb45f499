#pragma once

#include <optional>
#include <vector>

#include "record/tracer_scan.h"
#include "suv/header_review.h"
#include "suv/radionuclides.h"
#include "suv/reference_time.h"

namespace netpet::suv {

/// The dose at the time to which the pixels of each slice are corrected for decay.
struct DoseAtReference {
  std::vector<double> per_slice_bq;  ///< k = 0 first
  std::optional<ReferenceTime>
      reference;  ///< where a rule had to find it (START); its doubts are not told yet
};

/// - START dose · 2^(−(t_ref − t_adm) / T½), t_ref by reference_time.h.
/// - ADMIN dose: never decayed a second time. Times are looked at, but what is wrong with them only warns.
/// - A stated time (Enhanced PET): as START with that time. Refuses `decay_correction_time_contradictory`
///   (acceptable) where it lies neither at the injection nor between there and the end of the scan.
/// - NONE, per slice: dose · (1 − e^(−λT)) / (λT) · e^(−λ(t_acq − t_adm)), T the frame's duration; warns
///   `frame_duration_unusual` below 1 s. Refuses
///   `acquisition_time_missing`, `frame_duration_missing`, `negative_time`, `frame_times_contradictory`.
/// Refuses what dose.h, half_life.h, corrections.h and administration.h refuse. Fills dose, half-life, times
/// and decay factor of `provenance` and adds to its rule.
DoseAtReference dose_at_reference(HeaderReview& review, const Radionuclides& table,
                                  record::SuvProvenance& provenance);

}  // namespace netpet::suv
