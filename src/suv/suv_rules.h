#pragma once

#include "base/resources.h"

namespace netpet::suv {

/// The thresholds of data/suv_rules.json, where each one's source stands.
struct SuvRules {
  double dose_in_mbq_below = 0;      ///< a dose "in Bq" below this is taken as MBq
  double weight_in_grams_above = 0;  ///< a weight "in kg" above this is taken as g
  double unusual_weight_below_kg = 0, unusual_weight_above_kg = 0;
  double unusual_dose_below_bq = 0, unusual_dose_above_bq = 0;
  double most_half_lives_to_scan = 0;
  double most_days_to_scan = 0;
  double short_uptake_minutes = 0;
  double half_life_tolerance = 0;        ///< relative
  double private_time_within_hours = 0;  ///< of the acquisition
  double reference_time_differs_s = 0;
};

/// Refuses `rules_malformed`.
SuvRules read_suv_rules(const base::Resources& resources);

}  // namespace netpet::suv
