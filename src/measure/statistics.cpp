#include <cmath>

#include "measure/quantity.h"
#include "measure/sample_quantities.h"
#include "measure/sources.h"

namespace netpet::measure {

namespace {

constexpr const char* kFamily = "intensity statistics";

Quantity energy() {
  return {"N8CA",
          "energy",
          kFamily,
          "{intensity}2",
          "Σ x².",
          kOneVoxel,
          kIbsi,
          [](const Measured& m) -> base::Computed<double> {
            if (m.region().empty()) return base::NotComputable{kEmptyRegion};
            return m.intensities().sum_of_squares();
          },
          "stat_energy"};
}

Quantity root_mean_square() {
  return {"5ZWQ",
          "root_mean_square",
          kFamily,
          "{intensity}",
          "√(Σ x² / n).",
          kOneVoxel,
          kIbsi,
          [](const Measured& m) -> base::Computed<double> {
            if (m.region().empty()) return base::NotComputable{kEmptyRegion};
            return std::sqrt(m.intensities().sum_of_squares() / static_cast<double>(m.region().size()));
          },
          "stat_rms"};
}

Quantity named(const std::string& id) {
  for (Quantity& one : intensity_statistics())
    if (one.id == id) return one;
  base::check(false, "no statistic is called " + id);
  return {};
}

}  // namespace

std::vector<Quantity> intensity_statistics() {
  std::vector<Quantity> all =
      sample_quantities({kFamily,
                         "stat_",
                         "{intensity}",
                         "{intensity}2",
                         {"Q4LE", "ECT3", "KE2A", "IPH6", "Y12H", "1GSF", "QG58", "8DWT", "84IY", "SALO",
                          "2OJQ", "4FUA", "1128", "N72L", "7TET", "9S40"},
                         [](const Measured& m) -> const Sample& { return m.intensities(); }});
  all.push_back(energy());
  all.push_back(root_mean_square());
  all.push_back(total_uptake());
  return all;
}

Quantity maximum() {
  return named("84IY");
}

Quantity mean() {
  return named("Q4LE");
}

Quantity coefficient_of_variation() {
  return named("7TET");
}

}  // namespace netpet::measure
