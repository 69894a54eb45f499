#pragma once

#include <optional>

#include "suv/header_review.h"
#include "suv/suv_type.h"

namespace netpet::suv {

/// The patient's body as the header states it, units repaired.
struct Body {
  double weight_kg = 0;
  std::optional<double> height_m;  ///< nothing where absent or impossible
  Sex sex = Sex::unknown;
};

/// Above 1,000 the weight was written in grams (`weight_in_grams`), above 3 the height in cm. Warns
/// `weight_unusual`, and `body_mass_index_unusual` where the height speaks against the weight (pounds).
/// Refuses `weight_missing`, `weight_zero`, `weight_negative`.
Body body_of(HeaderReview& review);

/// The normaliser of a type for that body (suv_type.h). Warns `height_in_cm`, `height_unusual`,
/// `sex_unknown`, `lean_mass_unreliable` (James beyond the apex of his formula). Refuses `height_missing`,
/// `height_invalid`, `normaliser_not_positive`.
double normaliser_of(HeaderReview& review, const Body& body, SuvType type);

}  // namespace netpet::suv
