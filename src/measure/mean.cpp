#include "measure/quantity.h"

namespace netpet::measure {

Quantity mean() {
  return {"Q4LE",
          "mean",
          "intensity statistics",
          "g/mL",
          "Sum of the region's voxel values over their number (SUVmean).",
          "at least one voxel",
          "Zwanenburg et al., Radiology 2020;295:328 (IBSI)",
          [](const Measured& m) -> base::Computed<double> {
            if (m.region.empty()) return base::NotComputable{"empty region"};
            double sum = 0;
            for (const std::size_t voxel : m.region) sum += m.image[voxel];
            return sum / static_cast<double>(m.region.size());
          }};
}

}  // namespace netpet::measure
