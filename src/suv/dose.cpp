#include "suv/dose.h"

#include <fmt/format.h>

#include <cmath>

namespace netpet::suv {

base::Becquerel administered_dose(HeaderReview& review) {
  const char* tag = "(0018,1074)";
  const auto& total = review.header().total_dose;
  if (!total || !std::isfinite(*total)) {
    review.refuse("dose_missing", "the administered activity is missing: SUV cannot be had", tag);
  }
  if (*total == 0) review.refuse("dose_zero", "the administered activity is 0: SUV cannot be had", tag);
  if (*total < 0) {
    review.refuse("dose_negative", fmt::format("the administered activity is {:g} Bq", *total), tag);
  }
  double dose_bq = *total;
  if (dose_bq < review.rules().dose_in_mbq_below) {
    dose_bq *= 1e6;
    review.warn(
        "dose_in_mbq",
        fmt::format("the administered activity {0:g} was taken as {0:g} MBq: no image comes from {0:g} Bq",
                    *total));
  }
  const SuvRules& rules = review.rules();
  if (dose_bq < rules.unusual_dose_below_bq || dose_bq > rules.unusual_dose_above_bq) {
    review.warn("dose_unusual",
                fmt::format("an administered activity of {:.6g} MBq is unusual: check it", dose_bq * 1e-6));
  }
  review.step(fmt::format("Administered activity: {:.6g} MBq.", dose_bq * 1e-6));
  return base::Becquerel(dose_bq);
}

base::Kilograms patient_weight(HeaderReview& review) {
  const char* tag = "(0010,1030)";
  const auto& weight = review.header().weight;
  if (!weight || !std::isfinite(*weight)) {
    review.refuse("weight_missing", "the patient's weight is missing: SUV cannot be had", tag);
  }
  if (*weight == 0) review.refuse("weight_zero", "the patient's weight is 0: SUV cannot be had", tag);
  if (*weight < 0)
    review.refuse("weight_negative", fmt::format("the patient's weight is {:g} kg", *weight), tag);
  double weight_kg = *weight;
  if (weight_kg > review.rules().weight_in_grams_above) {
    weight_kg /= 1000;
    review.warn("weight_in_grams",
                fmt::format("the weight {:g} was taken as grams: {:g} kg", *weight, weight_kg));
  }
  const SuvRules& rules = review.rules();
  if (weight_kg < rules.unusual_weight_below_kg || weight_kg > rules.unusual_weight_above_kg) {
    review.warn("weight_unusual", fmt::format("a weight of {:g} kg is unusual: check it", weight_kg));
  }
  review.step(fmt::format("Body mass: {:g} kg.", weight_kg));
  return base::Kilograms(weight_kg);
}

}  // namespace netpet::suv
