#pragma once

#include "base/units.h"
#include "suv/header_review.h"
#include "suv/radionuclides.h"

namespace netpet::suv {

/// The half-life of the header; one that differs from the table's by over 1 % warns (`half_life_differs`),
/// and one that belongs to no nuclide of the table where none is named (`half_life_unknown`). Refuses
/// `half_life_missing` (acceptable where the nuclide is named: then the table's value counts) and
/// `half_life_invalid`.
base::Seconds half_life_of(HeaderReview& review, const Radionuclides& table);

}  // namespace netpet::suv
