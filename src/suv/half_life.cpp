#include "suv/half_life.h"

#include <fmt/format.h>

#include <cmath>

namespace netpet::suv {

base::Seconds half_life_of(HeaderReview& review, const Radionuclides& table) {
  const char* tag = "(0018,1075)";
  const auto& stated = review.header().half_life_s;
  const Radionuclide* nuclide = radionuclide_in(review.header(), table);
  if (!stated || !std::isfinite(*stated)) {
    if (!nuclide) review.refuse("half_life_missing", "neither half-life nor radionuclide is stated", tag);
    review.refuse_unless_accepted("half_life_missing",
                                  fmt::format("the half-life is missing; {} has {:g} s by our table",
                                              nuclide->name, nuclide->half_life_s),
                                  tag);
    review.step(fmt::format("Half-life of {}: {:g} s, from our table.", nuclide->name, nuclide->half_life_s));
    return base::Seconds(nuclide->half_life_s);
  }
  if (!(*stated > 0)) {
    review.refuse("half_life_invalid", fmt::format("the half-life is {:g} s", *stated), tag);
  }
  if (nuclide && std::abs(*stated / nuclide->half_life_s - 1) > review.rules().half_life_tolerance) {
    review.warn(
        "half_life_differs",
        fmt::format("the header's half-life, {:g} s, is not that of {}, {:g} s; the header's was used",
                    *stated, nuclide->name, nuclide->half_life_s));
  }
  if (!nuclide)
    review.warn(
        "half_life_unknown",
        fmt::format("no radionuclide is named, and none that we know has the header's half-life of {:g} s",
                    *stated));
  review.step(fmt::format("Half-life: {:g} s (0018,1075).", *stated));
  return base::Seconds(*stated);
}

}  // namespace netpet::suv
