#include "space/displacement_field.h"

#include <utility>

#include "base/error.h"

namespace netpet::space {

DisplacementField::DisplacementField(Geometry grid, std::vector<Vec3f> nodes)
    : grid_(std::move(grid)), nodes_(std::move(nodes)), per_mm_(1 / grid_.spacing.x) {
  base::check(grid_.direction == Mat3{} && grid_.spacing.x == grid_.spacing.y &&
                  grid_.spacing.x == grid_.spacing.z && grid_.voxels() > 0,
              "a displacement field needs a grid of cubes along the patient's axes");
  base::check(nodes_.size() == grid_.voxels(), "a displacement field's nodes do not fill its grid");
}

}  // namespace netpet::space
