#include "pipeline/compare_scans.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "suv/acquisition_review.h"

namespace netpet::pipeline {

std::vector<record::Warning> compare_scans(const record::TracerScan& sstr, const record::TracerScan& fdg,
                                           const base::Resources& resources) {
  std::vector<record::Warning> warnings;
  if (!sstr.weight_kg || !fdg.weight_kg) return warnings;
  const auto [less, more] = std::minmax(*sstr.weight_kg, *fdg.weight_kg);
  if (more / less - 1 > suv::most_weight_change(resources))
    warnings.push_back(
        {"weights_differ", fmt::format("the body mass is {:.3g} kg on the SSTR scan and {:.3g} kg on the FDG "
                                       "scan: one of them is probably wrong, and SUV with it",
                                       *sstr.weight_kg, *fdg.weight_kg)});
  return warnings;
}

}  // namespace netpet::pipeline
