#pragma once

#include <string>
#include <vector>

#include "base/computed.h"
#include "record/warning.h"
#include "space/transform.h"

namespace netpet::record {

/// How well two scans lie on each other. A value that was not measured does not apply.
struct RegistrationQuality {
  base::Computed<double> dice_body;
  base::Computed<double> dice_bone;
  base::Computed<double> ncc;              ///< correlation of the CTs inside both bodies, −1 … 1
  base::Computed<double> inlier_share;     ///< share of matched blocks that agree with the transform
  base::Computed<double> residual_mm;      ///< median distance of inlier blocks from the transform
  base::Computed<double> min_jacobian;     ///< 1 for a rigid transform
  base::Computed<double> folded_fraction;  ///< 0 for a rigid transform
  /// How much nearer the head the liver's dome lies in the moving scan than in the fixed one, the bodies
  /// being laid on each other rigidly.
  base::Computed<double> breathing_offset_mm;
  base::Computed<double> agreeing_starts;  ///< share of the starts of the search that end at this transform
};

/// A place where both scans were compared, and how far off the transform may be there: the distance of the
/// match from it (rigid), or the error to expect (deformable).
struct RegistrationSample {
  space::PointLps fixed_lps_mm;
  double residual_mm = 0;
  bool operator==(const RegistrationSample&) const = default;
};

/// FDG onto SSTR: the transform and what is known of its error.
struct Registration {
  std::string method;                ///< "rigid, CT to CT, block matching", …
  space::Affine rigid;               ///< SSTR LPS → FDG LPS, without the deformation
  space::Transform fixed_to_moving;  ///< SSTR LPS → FDG LPS
  RegistrationQuality quality;
  base::Computed<double> error_mm;  ///< typical error (rigid: 95th percentile of residuals of inlier blocks)
  std::vector<RegistrationSample> samples;  ///< for the error at a place: registration::error_at
  std::vector<Warning> warnings;
  double seconds = 0;
};

}  // namespace netpet::record
