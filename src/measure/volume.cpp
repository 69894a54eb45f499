#include "measure/quantity.h"

namespace netpet::measure {

Quantity volume() {
  return {"YEKZ",
          "volume_voxel_counting",
          "morphology",
          "mL",
          "Number of the region's voxels times the volume of one.",
          "a region; an empty one has no volume",
          "Zwanenburg et al., Radiology 2020;295:328 (IBSI)",
          [](const Measured& m) -> base::Computed<double> {
            if (m.region.empty()) return base::NotComputable{"empty region"};
            return static_cast<double>(m.region.size()) * m.image.geometry().voxel_volume_ml();
          }};
}

}  // namespace netpet::measure
