#pragma once

#include <optional>
#include <string>

#include "suv/header_review.h"
#include "suv/suv_type.h"

namespace netpet::suv {

/// What a rescaled pixel value is.
struct PixelMeaning {
  enum class Kind { activity, suv };
  Kind kind = Kind::activity;
  SuvType type = SuvType::bw;  ///< of SUV
  double scale = 1;            ///< Bq/mL, or SUV, per unit of the rescaled pixel value
  std::string rule;            ///< "BQML", "GML (LBMJANMA)", "CNTS by Philips' activity factor"
};

/// By Units (0054,1001) and SUV Type (0054,1006): BQML; GML, which is SUVbw where no type is stated; CM2ML,
/// which is SUVbsa; CNTS by Philips' private factors: that of activity (7053,1009) where dose, weight and
/// times are there to use it, else that of SUVbw (7053,1000). Refuses `units_missing`, `units_not_supported`,
/// `suv_type_not_supported`, `suv_type_contradicts_units`, `philips_factor_missing`,
/// `philips_factor_invalid`.
PixelMeaning meaning_of_pixels(HeaderReview& review);

/// SUVbw per Bq/mL as Philips computed it, (7053,1000) / (7053,1009); nothing where one of them is missing.
std::optional<double> philips_suv_per_activity(const record::PetHeader& header);

}  // namespace netpet::suv
