#pragma once

#include <limits>
#include <string>

#include "image/volume.h"
#include "lesions/candidates.h"
#include "lesions/rules.h"
#include "record/reference.h"

namespace netpet::lesions {

/// The SUV from which a voxel belongs to a lesion, and what it rests on. SUV in g/mL.
struct OutlineThreshold {
  float suv = 0;
  float background = 0;  ///< level of the host tissue
  float limit = 0;       ///< background + 2 SD: what stands out
  std::string method;    ///< the method's name, or "background + 2 SD" where that is higher
  enum class SetBy { method, noise } set_by = SetBy::method;
};

/// The edge by the method, never below the background + 2 SD, the SD clamped to 5 … 15 % of it. The
/// background is the host organ's reference where there is one that is not below the blood pool, else the
/// candidate's own. `diameter_mm`: of the lesion, for the methods that ask; unknown counts as large. Refuses
/// `outline_reference_missing`.
OutlineThreshold outline_threshold(const image::PetVolume& suv, const Candidate& candidate,
                                   const record::References& references, const OutlineRules& rules,
                                   double diameter_mm = std::numeric_limits<double>::infinity());

/// The mean of what hangs together with the hottest voxel of a candidate, inside its region, down to `share`
/// of SUVmax.
double mean_of_top(const image::PetVolume& suv, const Candidate& candidate, double share);

}  // namespace netpet::lesions
