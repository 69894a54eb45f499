#include "lesions/outline_flags.h"

#include <cmath>
#include <numbers>

#include "image/components.h"
#include "image/mask.h"

namespace netpet::lesions {
namespace {

double diameter_of_ball_mm(double volume_ml) {
  return 10 * std::cbrt(6 * volume_ml / std::numbers::pi);
}

double enclosed_ml(const image::Region& outline, const space::Geometry& grid) {
  const image::Box box = image::bounding_box(grid, outline);
  space::Geometry block;  // size alone is used
  for (std::size_t a = 0; a < 3; ++a) block.size[a] = box.last[a] - box.first[a] + 1;
  image::Mask mask(block);
  for (const std::size_t voxel : outline) {
    const space::IndexIjk at = grid.index(voxel);
    mask({at.i - box.first[0], at.j - box.first[1], at.k - box.first[2]}) = 1;
  }
  const image::Mask filled = image::fill_holes(mask);
  std::size_t added = 0;
  for (std::size_t n = 0; n < mask.voxels().size(); ++n) added += filled[n] != 0 && mask[n] == 0 ? 1 : 0;
  return static_cast<double>(added) * grid.voxel_volume_ml();
}

}  // namespace

std::vector<std::string> outline_flags(const image::Region& outline, const space::Geometry& grid,
                                       const OutlineFlagRules& rules) {
  std::vector<std::string> flags;
  if (outline.empty()) return flags;
  const double volume_ml = static_cast<double>(outline.size()) * grid.voxel_volume_ml();
  if (diameter_of_ball_mm(volume_ml) < rules.partial_volume_fwhms * rules.fwhm_mm)
    flags.emplace_back("partial_volume");
  if (enclosed_ml(outline, grid) >= rules.least_core_ml) flags.emplace_back("photopenic_core");
  return flags;
}

}  // namespace netpet::lesions
