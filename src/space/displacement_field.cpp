#include "space/displacement_field.h"

#include <algorithm>
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

void DisplacementField::along_x(PointLps start, double step_mm, std::span<Vec3f> result) const {
  const auto [j, v] = place(start.y - grid_.origin.y, 1);
  const auto [k, w] = place(start.z - grid_.origin.z, 2);
  const auto width = static_cast<std::size_t>(grid_.size[0]);
  const auto row_at = [&](int row, int plane) { return nodes_.data() + grid_.offset({0, row, plane}); };
  const int below = std::min(j + 1, grid_.size[1] - 1), behind = std::min(k + 1, grid_.size[2] - 1);
  const Vec3f *a = row_at(j, k), *b = row_at(below, k), *c = row_at(j, behind), *d = row_at(below, behind);
  std::vector<Vec3f> row(width + 1);
  for (std::size_t i = 0; i < width; ++i) {
    const Vec3f front = a[i] + (b[i] - a[i]) * v, back = c[i] + (d[i] - c[i]) * v;
    row[i] = front + (back - front) * w;
  }
  row[width] = row[width - 1];
  for (std::size_t n = 0; n < result.size(); ++n) {
    const auto [i, u] = place(start.x + static_cast<double>(n) * step_mm - grid_.origin.x, 0);
    const Vec3f* node = &row[static_cast<std::size_t>(i)];
    result[n] = node[0] + (node[1] - node[0]) * u;
  }
}

}  // namespace netpet::space
