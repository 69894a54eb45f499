#pragma once

#include "base/computed.h"
#include "registration/grids.h"
#include "space/affine.h"

namespace netpet::registration {

/// Where the right lung ends above the liver, column by column: heights toward the head, LPS mm, on the
/// patient grid's columns. NaN where no lung stands over soft tissue, or its base is steep there.
struct LungBase {
  space::Geometry grid;
  std::vector<float> height_mm;  ///< by column, j · size[0] + i
};

/// `hu` on a patient grid, air outside `body`. The right lung is the greatest connected air-filled part of
/// the body's right half; all columns are NaN where it is smaller than 300 mL.
LungBase right_lung_base(const Field& hu, const image::Mask& body);

/// How much nearer the head the liver's dome lies in the moving scan than in the fixed one once both lie
/// rigidly on each other, mm: the median over the columns of the dome, the upper half of the base. Breath
/// displaces it by 10 mm and more. Not computable where one of both does not show the dome.
base::Computed<double> breathing_offset_mm(const LungBase& fixed, const LungBase& moving,
                                           const space::Affine& fixed_to_moving);

}  // namespace netpet::registration
