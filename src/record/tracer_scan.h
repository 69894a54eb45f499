#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "record/tracer.h"
#include "record/warning.h"

namespace netpet::record {

/// How pixel values became SUV: the rule and every number that entered.
struct SuvProvenance {
  std::string type = "bw";  ///< bw, lbm-janma, …
  std::string unit = "g/mL";
  std::string rule;  ///< one line: units, decay correction, which reference time
  std::array<double, 2> factor{
      0, 0};  ///< SUV per unit of the rescaled pixel value; least and greatest over slices
  std::optional<double> dose_bq;
  std::optional<double> weight_kg;
  std::optional<double> height_m;  ///< where it was looked at and is possible
  std::optional<double> half_life_s;
  std::optional<base::Instant> administered;
  std::optional<base::Instant> reference_time;  ///< the time to which pixels are decay-corrected
  std::optional<double> decay_factor;           ///< dose at reference time / dose administered
  std::vector<std::string> steps;               ///< one sentence a step, with numbers and tags
  std::vector<std::string> doubts;              ///< what was missing, repaired or contradictory
};

/// One PET scan of a reading, as the contract's `scans.sstr` and `scans.fdg`.
struct TracerScan {
  std::string study_uid;
  std::string series_uid;
  std::string frame_of_reference_uid;
  std::string description;
  Tracer tracer;
  std::string radionuclide;  ///< "Ga-68"
  std::optional<base::Instant> acquired;
  std::optional<double> weight_kg;
  std::optional<double> height_m;
  SuvProvenance suv;
  std::array<double, 3> voxel_mm{0, 0, 0};
  std::array<int, 3> size{0, 0, 0};
  std::string scanner;
  std::string reconstruction;        ///< as the header names it; empty where it does not
  std::optional<double> uptake_min;  ///< from injection to the first slice
  bool has_ct = false;
  std::vector<Warning> warnings;
};

}  // namespace netpet::record
