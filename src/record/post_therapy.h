#pragma once

#include <string>
#include <vector>

#include "base/computed.h"

namespace netpet::record {

/// How much of the administered activity a lesion holds.
struct Retention {
  std::string lesion;              ///< "L1"
  base::Computed<double> percent;  ///< of the administered activity, decay-corrected
};

/// What a post-therapy scan (177Lu …) tells instead of the PET scales: the share of the administered activity
/// that stays in the lesions. Percent = 100 · total uptake (SUVbw × mL) / body mass (g), as SUVbw is activity
/// concentration over decayed dose per gram.
struct PostTherapy {
  base::Computed<double> hours_after_administration;
  base::Computed<double> total_percent;  ///< of the lesions that count
  std::vector<Retention> lesions;
};

}  // namespace netpet::record
