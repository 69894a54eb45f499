#pragma once

#include <string>

#include "image/volume.h"
#include "lesions/outline.h"

namespace netpet::lesions {

/// Where a lesion lies.
struct Site {
  std::string name;         ///< the contract's `site`: liver, node, bone, pancreas, bowel, lung, …
  std::string location;     ///< "L3 vertebra", "right lobe of liver", "soft tissue"
  std::uint16_t organ = 0;  ///< the organ that names it, 0 where none does
  bool certain = true;      ///< most of the lesion lies in that organ; otherwise it only lies near
};

/// The site of an outline on the organ map of its grid: the organ that holds most of it; else an organ within
/// `tolerance_mm`; else a lymph node where it is small and compact, and soft tissue otherwise. Muscle,
/// vessels and ids without a meaning name no site.
Site site_of(const Outline& outline, const image::LabelMap& organs, double tolerance_mm);

}  // namespace netpet::lesions
