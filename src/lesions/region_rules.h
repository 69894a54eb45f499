#pragma once

#include "base/resources.h"
#include "space/vec3.h"

namespace netpet::lesions {

/// Where organs usually lie that the program has no label for: data/organ_regions.json, where each one's
/// source stands. mm; vectors run to the left, to the front and to the head.
struct RegionRules {
  double least_hu = 0, most_hu = 0, least_ml = 0;
  double apart_mm = 0, contrast = 0, share = 0;  ///< of a focus of the organ's own
  double focus_confidence = 0, place_confidence = 0;
  struct {
    double aside_mm = 0, before_mm = 0, above_mm = 0, radius_mm = 0, reach_mm = 0;
  } adrenal;
  double pituitary_reach_mm = 0, salivary_reach_mm = 0;
  struct {
    double around_mm = 0, reach_mm = 0;
  } thyroid;
  struct {
    space::Vec3 head, neck, body;
    double radius_mm = 0, hilum_above_mm = 0;
  } pancreas;
  struct {
    space::Vec3 at;
    double radius_mm = 0, reach_mm = 0;
  } uncinate;
  struct {
    double aside_mm = 0, least_behind_mm = 0, most_behind_mm = 0, below_mm = 0, above_mm = 0;
  } prostate;
};

/// Refuses `rules_malformed`.
RegionRules region_rules(const base::Resources& resources);

}  // namespace netpet::lesions
