#pragma once

#include "base/units.h"
#include "suv/header_review.h"
#include "suv/radionuclides.h"

namespace netpet::suv {

/// The administered activity. A value in Bq that no image could come from is taken as MBq, with the warning
/// `dose_in_mbq` first of all, where it is a usual dose then; warns `dose_unusual` (therapeutic nuclides may
/// have more; `nuclide` may be null). Refuses `dose_missing`, `dose_zero`, `dose_negative`, and
/// `dose_unit_unclear` (acceptable): neither Bq nor MBq make a usual dose (mCi, kBq, GBq).
base::Becquerel administered_dose(HeaderReview& review, const Radionuclide* nuclide);

}  // namespace netpet::suv
