#pragma once

#include <optional>
#include <string>

#include "base/computed.h"
#include "grading/assessment.h"

namespace netpet::grading {

/// The most prominent FDG uptake, on which the SUVmax scales rest.
struct HottestFdg {
  std::string lesion;
  double suvmax = 0;                     ///< g/mL
  std::optional<double> liver_max;       ///< g/mL
  base::Computed<double> ratio() const;  ///< SUVmax / liver SUVmax
  bool operator==(const HottestFdg&) const = default;
};

/// Over the lesions that are not excluded. Not computable without lesions or where one lacks SUVmax.
base::Computed<HottestFdg> hottest_fdg(const Assessment& assessment);

/// "L2 is hottest on FDG: SUVmax 7.1; liver maximum 3.1, ratio 2.3."
std::string in_words(const HottestFdg& hottest);

}  // namespace netpet::grading
