#include "lesions/outline_flags.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "image/components.h"
#include "image/region_block.h"

namespace netpet::lesions {
namespace {

double diameter_of_ball_mm(double volume_ml) {
  return 10 * std::cbrt(6 * volume_ml / std::numbers::pi);
}

/// What the outline encloses, but for parts that meet a focus.
double enclosed_ml(const image::Region& outline, const image::Region& foci, const space::Geometry& grid) {
  const image::RegionBlock block(outline, grid);
  const image::Mask mask = block.mask();
  image::Mask enclosed = image::fill_holes(mask);
  for (std::size_t n = 0; n < mask.voxels().size(); ++n)
    if (mask[n] != 0) enclosed[n] = 0;
  const auto is_focus = [&](std::size_t voxel) {
    return std::binary_search(foci.begin(), foci.end(), block.grid_offset(voxel));
  };
  std::size_t voxels = 0;
  for (const image::Region& part :
       image::connected_components(enclosed, image::Neighbourhood::faces6).regions())
    if (std::none_of(part.begin(), part.end(), is_focus)) voxels += part.size();
  return static_cast<double>(voxels) * grid.voxel_volume_ml();
}

}  // namespace

std::vector<std::string> outline_flags(const image::Region& outline, const image::Region& foci,
                                       const space::Geometry& grid, const OutlineFlagRules& rules) {
  std::vector<std::string> flags;
  if (outline.empty()) return flags;
  const double volume_ml = static_cast<double>(outline.size()) * grid.voxel_volume_ml();
  if (diameter_of_ball_mm(volume_ml) < rules.partial_volume_fwhms * rules.fwhm_mm)
    flags.emplace_back("partial_volume");
  if (enclosed_ml(outline, foci, grid) >= rules.least_core_ml) flags.emplace_back("photopenic_core");
  return flags;
}

}  // namespace netpet::lesions
