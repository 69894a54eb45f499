#include <algorithm>

#include "measure/quantity.h"

namespace netpet::measure {

Quantity maximum() {
  return {"84IY",
          "maximum",
          "intensity statistics",
          "g/mL",
          "Highest value of the region's voxels (SUVmax).",
          "at least one voxel",
          "Zwanenburg et al., Radiology 2020;295:328 (IBSI)",
          [](const Measured& m) -> base::Computed<double> {
            if (m.region.empty()) return base::NotComputable{"empty region"};
            float highest = m.image[m.region.front()];
            for (const std::size_t voxel : m.region) highest = std::max(highest, m.image[voxel]);
            return double(highest);
          }};
}

}  // namespace netpet::measure
