#pragma once

#include <string>
#include <vector>

#include "base/computed.h"
#include "base/resources.h"
#include "record/reference.h"

namespace netpet::base {
class Table;
}

namespace netpet::lesions {

/// Which SUV the edge of a lesion has: one row of data/lesions.json, `outline.methods`.
struct OutlineMethod {
  enum class Kind {
    fixed,               ///< `suv`
    share_of_maximum,    ///< `share` of SUVmax
    share_of_contrast,   ///< `share` of the way from the background to SUVmax
    contrast_oriented,   ///< `large` (or `small`) of the mean of what reaches `share` of SUVmax, and the
                         ///< background
    gradient_watershed,  ///< no SUV: where the slope is steepest, within what stands out, seen from what lies
                         ///< above `share` of the way from the background to the highest 1 cm³ mean
    reference            ///< `mean_multiple` × mean + `sd_multiple` × SD of the reference `organ`
  };
  std::string name;  ///< "50 % of SUVmax"
  Kind kind = Kind::share_of_maximum;
  double suv = 0;
  double share = 0;
  std::string organ;
  double mean_multiple = 0, sd_multiple = 0;
  /// Edge = of_mean × mean of the lesion's top + of_background × background.
  struct Line {
    double of_mean = 0, of_background = 0;
  };
  Line large, small;
  double small_below_mm = 0;  ///< diameter of the lesion; 0: `large` for all
};

/// What the methods ask of a lesion. SUV in g/mL.
struct LesionLevels {
  double suvmax = 0, background = 0;
  double top_mean = 0;     ///< of what hangs together with the hottest voxel, down to `share` of SUVmax
  double diameter_mm = 0;  ///< of the sphere of its volume
};

/// The edge's SUV of a lesion (for the gradient watershed the background, below which nothing is looked for);
/// not computable where the method's reference is missing.
base::Computed<double> edge_suv(const OutlineMethod& method, const LesionLevels& lesion,
                                const record::References& references);

/// One row of the table; refuses (`rules_malformed`) an unknown kind.
OutlineMethod read_outline_method(base::Table& row);

/// Every method, in the order of the table.
std::vector<OutlineMethod> outline_methods(const base::Resources& resources);

}  // namespace netpet::lesions
