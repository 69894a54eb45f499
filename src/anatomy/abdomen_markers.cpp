#include <algorithm>
#include <cmath>

#include "anatomy/abdomen.h"

namespace netpet::anatomy {
namespace {

constexpr float most_hu = 300;
// Kidneys keep this far from bones.
constexpr float kidney_to_bone_mm = 12;

/// Where a kidney's middle usually lies, mm: beside the vertebra, above the iliac crest, below the dome.
struct KidneyPlace {
  Abdomen::Marker marker;
  double left, above_crest, below_dome;
};
constexpr KidneyPlace kidney_places[] = {{Abdomen::right_kidney, -64, 95, 135},
                                         {Abdomen::left_kidney, 64, 98, 120}};
constexpr double kidney_behind_mm = 3, kidney_aside_half_mm = 22, kidney_depth_half_mm = 26,
                 kidney_height_half_mm = 45;

double kidney_z(const Landmarks& marks, const KidneyPlace& place) {
  const double dome = place.left < 0 ? marks.right_dome_z_mm : marks.left_dome_z_mm;
  const double by_dome = dome - place.below_dome;
  if (!marks.crest_z_mm) return by_dome;
  const double by_crest = *marks.crest_z_mm + place.above_crest;
  return marks.has_lungs ? (by_dome + by_crest) / 2 : by_crest;
}

}  // namespace

void Abdomen::mark_kidneys(const image::Mask& whole_liver, image::Volume<std::uint8_t>& markers) const {
  // A rim of the liver that its density left out is thinner.
  constexpr double thin_mm = 5;
  const image::Mask thick =
      image::erode(where([&](std::size_t v) { return soft_[v] && !whole_liver[v]; }), thin_mm, run_);
  for (const KidneyPlace& place : kidney_places) {
    const double middle = kidney_z(marks_, place);
    const image::Mask seeds = where([&](std::size_t v) {
      if (!thick[v] || to_bone_[v] < kidney_to_bone_mm) return false;
      const Place at = place_of(v);
      return std::hypot((at.left - place.left) / kidney_aside_half_mm,
                        (at.behind - kidney_behind_mm) / kidney_depth_half_mm,
                        (at.z - middle) / kidney_height_half_mm) < 1;
    });
    const image::Mask middle_part = image::largest_component(seeds, image::Neighbourhood::faces6);
    for (std::size_t v = 0; v < seeds.voxels().size(); ++v)
      if (middle_part[v]) markers[v] = place.marker;
  }
}

void Abdomen::mark_spleen(const image::Mask& whole, image::Volume<std::uint8_t>& markers) const {
  // The spleen lies against the ribs at the back left; stomach and colon hold gas.
  constexpr double aside_mm = 65, before_mm = 70, below_dome_mm = 150, above_crest_mm = 60, from_ribs_mm = 38;
  constexpr double thin_mm = 6, least_seed_ml = 4, tip_aside_mm = 40;
  constexpr float from_gas_mm = 12, tip_band_hu = 7;
  const double low = marks_.crest_z_mm && !marks_.has_lungs ? *marks_.crest_z_mm + above_crest_mm
                                                            : marks_.left_dome_z_mm - below_dome_mm;
  const image::Volume<float> from_ribs =
      image::distance_mm(where([&](std::size_t v) { return !inside_[v] || !marks_.cavity[v]; }), run_);
  const image::Mask free = where([&](std::size_t v) { return soft_[v] && !whole[v]; });
  const image::Mask thick = image::erode(free, thin_mm, run_);
  const image::Mask possible = where([&](std::size_t v) {
    if (!thick[v] || markers[v] || to_gas_[v] < from_gas_mm) return false;
    const Place at = place_of(v);
    return at.left > tip_aside_mm && at.behind > -before_mm && at.z > low;
  });
  const image::Mask seeds = image::largest_component(where([&](std::size_t v) {
                                                       return possible[v] && from_ribs[v] < from_ribs_mm &&
                                                              place_of(v).left > aside_mm;
                                                     }),
                                                     image::Neighbourhood::faces6);
  const auto mode = mode_of(hu_, seeds, 0, most_hu);
  if (!mode || volume_ml(seeds) < least_seed_ml) return;
  // Its tip reaches farther, up to the kidney.
  const image::Components parts = image::connected_components(
      where([&](std::size_t v) {
        return seeds[v] || (possible[v] && std::abs(hu_[v] - float(*mode)) < tip_band_hu);
      }),
      image::Neighbourhood::faces6);
  std::uint32_t part = 0;
  for (std::size_t v = 0; v < seeds.voxels().size() && !part; ++v)
    if (seeds[v]) part = parts.labels[v];
  for (std::size_t v = 0; v < seeds.voxels().size(); ++v)
    if (parts.labels[v] == part) markers[v] = spleen;
}

}  // namespace netpet::anatomy
