#pragma once

#include "base/resources.h"

namespace netpet::suv {

/// The thresholds of data/suv_rules.json, where each one's source stands.
struct SuvRules {
  double dose_in_mbq_below = 0;      ///< a dose "in Bq" below this is taken as MBq
  double dose_surely_mbq_above = 0;  ///< a value from which it is MBq and not mCi
  double dose_in_bq_from = 0;        ///< a dose in Bq below this makes no image
  double weight_in_grams_above = 0;  ///< a weight "in kg" above this is taken as g
  double height_in_cm_above = 0;     ///< a height "in m" above this is taken as cm
  double unusual_weight_below_kg = 0, unusual_weight_above_kg = 0;
  double least_height_m = 0, most_height_m = 0;  ///< others are impossible
  double unusual_height_below_m = 0, unusual_height_above_m = 0;
  double unusual_bmi_below = 0, unusual_bmi_above = 0;  ///< kg/m²
  double unusual_dose_below_bq = 0, unusual_dose_above_bq = 0;
  double unusual_therapy_dose_above_bq = 0;  ///< of a therapeutic nuclide
  double most_half_lives_to_scan = 0;
  double most_days_to_scan = 0;
  double short_uptake_minutes = 0;
  double long_uptake_half_lives = 0;
  double half_life_tolerance = 0;        ///< relative
  double private_time_within_hours = 0;  ///< of the acquisition
  double reference_time_differs_s = 0;
  double decay_factor_differs_s = 0;  ///< beyond the duration of a frame
  double shortest_frame_s = 0;
  double longest_scan_hours = 0;                           ///< from the first frame to the last
  double philips_factors_differ = 0;                       ///< relative
  double real_world_value_differs = 0;                     ///< relative
  double most_share_of_dose = 0, least_share_of_dose = 0;  ///< of the dose, in the image
  double whole_body_from_mm = 0;  ///< along the body: from here the least share counts
  double least_greatest_suv = 0;  ///< of a whole image
  double slice_out_of_line = 0;   ///< activity of a slice over that of both its neighbours
};

/// Refuses `rules_malformed`.
SuvRules read_suv_rules(const base::Resources& resources);

}  // namespace netpet::suv
