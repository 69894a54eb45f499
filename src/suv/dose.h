#pragma once

#include "base/units.h"
#include "suv/header_review.h"

namespace netpet::suv {

/// The administered activity. A value that no image could come from is taken as MBq, with the warning
/// `dose_in_mbq` first of all. Refuses `dose_missing`, `dose_zero`, `dose_negative`.
base::Becquerel administered_dose(HeaderReview& review);

/// The patient's mass; above 1,000 it was written in grams (`weight_in_grams`). Refuses `weight_missing`,
/// `weight_zero`, `weight_negative`.
base::Kilograms patient_weight(HeaderReview& review);

}  // namespace netpet::suv
