#include "registration/breathing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/robust.h"
#include "image/components.h"

namespace netpet::registration {
namespace {

using space::IndexIjk;
using space::PointLps;

constexpr float lung_hu = -500;
constexpr float edge_hu = -400;    // half way between lung and liver
constexpr float tissue_hu = -200;  // what lies under the base
constexpr int tissue_voxels = 2;   // thinner is a fissure or a rib's rim
constexpr double least_lung_ml = 300;
constexpr float most_slope = 1;  // steeper, and a shift across would pass for breath
constexpr std::size_t least_columns = 20;
constexpr float none = std::numeric_limits<float>::quiet_NaN();

double midline_of(const image::Mask& body) {
  double sum = 0, count = 0;
  for (std::size_t n = 0; n < body.voxels().size(); ++n)
    if (body[n]) sum += body.geometry().index(n).i, ++count;
  return count > 0 ? sum / count : 0;
}

/// The air of the body's right half (low x), its greatest connected part.
image::Mask right_lung(const Field& hu, const image::Mask& body) {
  const double midline = midline_of(body);
  image::Mask air(hu.geometry());
  std::size_t n = 0;
  for (int k = 0; k < hu.geometry().size[2]; ++k)
    for (int j = 0; j < hu.geometry().size[1]; ++j)
      for (int i = 0; i < hu.geometry().size[0]; ++i, ++n)
        air[n] = body[n] && hu[n] < lung_hu && i < midline ? 1 : 0;
  return image::largest_component(air, image::Neighbourhood::faces6);
}

bool stands_on_tissue(const Field& hu, const image::Mask& body, IndexIjk lowest) {
  for (int below = 2; below < 2 + tissue_voxels; ++below) {  // the next voxel may hold both
    const IndexIjk at{lowest.i, lowest.j, lowest.k - below};
    if (at.k < 0 || !body(at) || hu(at) < tissue_hu) return false;
  }
  return true;
}

/// The height where HU cross the edge, between the lowest voxel of lung and those under it.
float crossing(const Field& hu, IndexIjk lowest) {
  IndexIjk lower = lowest;
  --lower.k;
  const float in_lung = hu(lowest), under = hu(lower);
  const float share = under > edge_hu ? (edge_hu - in_lung) / (under - in_lung) : 1.0F;
  return static_cast<float>(hu.geometry().to_lps(lowest).z -
                            static_cast<double>(share) * hu.geometry().spacing.z);
}

/// Heights beside which the base falls by more than the slope do not count.
std::vector<float> without_steep(const LungBase& base) {
  const int width = base.grid.size[0], depth = base.grid.size[1];
  const auto most = most_slope * static_cast<float>(base.grid.spacing.x);
  std::vector<float> result = base.height_mm;
  for (int j = 0; j < depth; ++j)
    for (int i = 0; i < width; ++i) {
      const auto at = [&](int di, int dj) {
        if (i + di < 0 || j + dj < 0 || i + di >= width || j + dj >= depth) return none;
        return base.height_mm[static_cast<std::size_t>((j + dj) * width + i + di)];
      };
      const float here = at(0, 0);
      const bool flat = std::abs(at(1, 0) - here) <= most && std::abs(at(-1, 0) - here) <= most &&
                        std::abs(at(0, 1) - here) <= most && std::abs(at(0, -1) - here) <= most;
      if (!flat) result[static_cast<std::size_t>(j * width + i)] = none;
    }
  return result;
}

/// The height at the column nearest to a place; NaN where there is none.
float height_at(const LungBase& base, PointLps place) {
  const IndexIjk at = base.grid.nearest({place.x, place.y, base.grid.origin.z});
  if (!base.grid.contains(at)) return none;
  return base.height_mm[static_cast<std::size_t>(at.j * base.grid.size[0] + at.i)];
}

}  // namespace

LungBase right_lung_base(const Field& hu, const image::Mask& body) {
  const space::Geometry& grid = hu.geometry();
  LungBase base{grid,
                std::vector<float>(
                    static_cast<std::size_t>(grid.size[0]) * static_cast<std::size_t>(grid.size[1]), none)};
  const image::Mask lung = right_lung(hu, body);
  const auto voxels = std::count(lung.voxels().begin(), lung.voxels().end(), 1);
  if (static_cast<double>(voxels) * grid.voxel_volume_ml() < least_lung_ml) return base;
  std::size_t column = 0;
  for (int j = 0; j < grid.size[1]; ++j)
    for (int i = 0; i < grid.size[0]; ++i, ++column)
      for (int k = 1; k < grid.size[2]; ++k) {
        if (!lung(IndexIjk{i, j, k})) continue;
        if (stands_on_tissue(hu, body, {i, j, k})) base.height_mm[column] = crossing(hu, {i, j, k});
        break;
      }
  base.height_mm = without_steep(base);
  return base;
}

base::Computed<double> breathing_offset_mm(const LungBase& fixed, const LungBase& moving,
                                           const space::Affine& fixed_to_moving) {
  std::vector<float> heights;
  std::copy_if(fixed.height_mm.begin(), fixed.height_mm.end(), std::back_inserter(heights),
               [](float height) { return !std::isnan(height); });
  const base::NotComputable not_shown{"the dome of the liver is not shown in both"};
  if (heights.size() < 2 * least_columns) return not_shown;
  const float middle = base::median_of(heights);
  std::vector<double> offsets;
  for (std::size_t n = 0; n < fixed.height_mm.size(); ++n) {
    if (!(fixed.height_mm[n] >= middle)) continue;
    const IndexIjk column{static_cast<int>(n) % fixed.grid.size[0], static_cast<int>(n) / fixed.grid.size[0],
                          0};
    PointLps place = fixed.grid.to_lps(column);
    place.z = static_cast<double>(fixed.height_mm[n]);
    const PointLps there = fixed_to_moving(place);
    const float height = height_at(moving, there);
    if (!std::isnan(height)) offsets.push_back(static_cast<double>(height) - there.z);
  }
  if (offsets.size() < least_columns) return not_shown;
  return base::median_of(offsets);
}

}  // namespace netpet::registration
