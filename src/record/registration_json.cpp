#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {

Json json_of(const RegistrationQuality& quality) {
  return {{"dice_body", json_of(quality.dice_body)},
          {"dice_bone", json_of(quality.dice_bone)},
          {"ncc", json_of(quality.ncc)},
          {"inlier_share", json_of(quality.inlier_share)},
          {"residual_mm", json_of(quality.residual_mm)},
          {"min_jacobian", json_of(quality.min_jacobian)},
          {"folded_fraction", json_of(quality.folded_fraction)},
          {"breathing_offset_mm", json_of(quality.breathing_offset_mm)},
          {"agreeing_starts", json_of(quality.agreeing_starts)}};
}

/// The time that it took stays out: the same input must give the same document.
Json json_of(const Registration& registration) {
  Json rigid = Json::array();
  for (const double element : registration.rigid.row_major()) rigid.push_back(number(element));
  return {{"method", registration.method},
          {"quality", json_of(registration.quality)},
          {"error_mm", json_of(registration.error_mm)},
          {"rigid", std::move(rigid)},
          {"warnings", json_of(registration.warnings)}};
}

}  // namespace netpet::record
