#include "suv/dose.h"

#include <fmt/format.h>

#include <cmath>

namespace netpet::suv {

base::Becquerel administered_dose(HeaderReview& review, const Radionuclide* nuclide) {
  const char* const tag = "(0018,1074)";
  const SuvRules& rules = review.rules();
  const auto& stated = review.header().total_dose;
  if (!stated || !std::isfinite(*stated))
    review.refuse("dose_missing", "the administered activity is missing: SUV cannot be had", tag);
  if (*stated == 0) review.refuse("dose_zero", "the administered activity is 0: SUV cannot be had", tag);
  if (*stated < 0)
    review.refuse("dose_negative", fmt::format("the administered activity is {:g} Bq", *stated), tag);

  const bool therapeutic = nuclide && nuclide->therapeutic;
  const double most_bq = therapeutic ? rules.unusual_therapy_dose_above_bq : rules.unusual_dose_above_bq;
  double dose_bq = *stated;
  if (dose_bq < rules.dose_in_mbq_below) {
    dose_bq *= 1e6;
    if (dose_bq < rules.dose_surely_mbq_above * 1e6 || dose_bq > most_bq)
      review.refuse_unless_accepted(
          "dose_unit_unclear",
          fmt::format("the administered activity {0:g} is no activity in Bq, and {0:g} MBq are unusual: its "
                      "unit is unclear (mCi, µCi, GBq?)",
                      *stated),
          tag);
    review.warn(
        "dose_in_mbq",
        fmt::format("the administered activity {0:g} was taken as {0:g} MBq: no image comes from {0:g} Bq",
                    *stated));
  } else if (dose_bq < rules.dose_in_bq_from) {
    review.refuse_unless_accepted(
        "dose_unit_unclear",
        fmt::format("{:g} Bq are too little for an image: the unit of the administered activity is unclear "
                    "(kBq, µCi?)",
                    *stated),
        tag);
  }
  if (dose_bq < rules.unusual_dose_below_bq || dose_bq > most_bq)
    review.warn("dose_unusual",
                fmt::format("an administered activity of {:.6g} MBq is unusual: check it", dose_bq * 1e-6));
  review.step(fmt::format("{:.6g} MBq were injected (0018,1074).", dose_bq * 1e-6));
  return base::Becquerel(dose_bq);
}

}  // namespace netpet::suv
