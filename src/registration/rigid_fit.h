#pragma once

#include <vector>

#include "space/affine.h"

namespace netpet::registration {

/// A place of the fixed scan and where its surroundings were found in the moving scan.
struct Match {
  space::PointLps fixed_lps_mm;
  space::PointLps moving_lps_mm;
  double weight = 1;  ///< trust, 0 … 1
};

/// Distance of the match from where the transform puts it, mm.
double residual_mm(const Match& match, const space::Affine& fixed_to_moving);

/// The rotation and shift with the least weighted squares [umeyama1991]. Needs three places that are not in
/// line; fewer, or in line, give the best that is defined (a rotation about the line stays 0).
space::Affine fit_rigid(const std::vector<Match>& matches);

/// The rotation and shift that most matches agree on: samples of three, then Tukey's biweight with a scale
/// from the residuals' median. Up to half of the matches may be wrong. Needs three matches or more.
space::Affine fit_rigid_robust(const std::vector<Match>& matches, double tolerance_mm);

}  // namespace netpet::registration
