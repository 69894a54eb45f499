#include "measure/quantity.h"

namespace netpet::measure {

Quantity total_uptake() {
  return {"total_uptake",
          "total_uptake",
          "intensity statistics",
          "{intensity}.mL",
          "Volume times SUVmean (total lesion glycolysis on FDG, total lesion somatostatin-receptor "
          "expression on SSTR).",
          "at least one voxel",
          "Toriihara et al., Eur J Nucl Med Mol Imaging 2019",
          [](const Measured& m) -> base::Computed<double> {
            base::Computed<double> ml = volume().measure(m);
            const base::Computed<double> average = mean().measure(m);
            if (!ml.has_value()) return ml;
            return ml.value() * average.value();
          }};
}

}  // namespace netpet::measure
