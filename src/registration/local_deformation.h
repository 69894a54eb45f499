#pragma once

#include <vector>

#include "record/registration.h"
#include "registration/rigid_fit.h"

namespace netpet::registration {

/// How far the body departs from the transform around each match, mm: the length of the median (by component)
/// of the residual vectors of the match and its nearest neighbours. A single wrong match does not count;
/// deformation, which neighbours share, does.
std::vector<record::RegistrationSample> local_deformation(const std::vector<Match>& matches,
                                                          const space::Affine& fixed_to_moving);

}  // namespace netpet::registration
