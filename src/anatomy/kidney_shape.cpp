#include "anatomy/kidney_shape.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "anatomy/organ_search.h"
#include "image/components.h"

namespace netpet::anatomy {
namespace {

// A whole kidney is not doubted: below this it may have shrunk, or be none.
constexpr double most_ml = 120;
// Kidney and spleen that touch do so over less than the width of a cut through the spleen.
constexpr double least_contact_mm2 = 800;
// Kidneys take up some 40 % less than the spleen on SSTR (Kuyumcu 2013); one in which both are mixed lies
// between.
constexpr double most_ratio = 1.35;

image::Mask where(const image::Volume<std::uint8_t>& markers, std::uint8_t marker) {
  image::Mask mask(markers.geometry());
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) mask[v] = markers[v] == marker;
  return mask;
}

double contact_mm2(const image::Volume<std::uint8_t>& markers, std::uint8_t a, std::uint8_t b) {
  const space::Geometry& grid = markers.geometry();
  const std::array<space::IndexIjk, 3> steps{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  const std::array<double, 3> faces{grid.spacing.y * grid.spacing.z, grid.spacing.x * grid.spacing.z,
                                    grid.spacing.x * grid.spacing.y};
  double sum = 0;
  for (std::size_t v = 0; v < markers.voxels().size(); ++v) {
    const std::uint8_t here = markers[v];
    if (here != a && here != b) continue;
    const space::IndexIjk at = grid.index(v);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const space::IndexIjk next{at.i + steps[axis].i, at.j + steps[axis].j, at.k + steps[axis].k};
      if (grid.contains(next) && markers(next) == (here == a ? b : a)) sum += faces[axis];
    }
  }
  return sum;
}

}  // namespace

double kidney_shape_confidence(const image::Mask& body) {
  constexpr double least_ml = 80, most_ml = 450, none_mm = 50, sure_mm = 75;
  const image::Box box = image::bounding_box(body);
  const double height_mm = (box.last[2] - box.first[2] + 1) * body.geometry().spacing.z;
  return volume_confidence(volume_ml(body), least_ml, most_ml) *
         std::clamp((height_mm - none_mm) / (sure_mm - none_mm), 0.0, 1.0);
}

image::Mask most_like_kidney(const image::Mask& candidates) {
  constexpr double least_ml = 40;
  const image::Components parts = image::connected_components(candidates, image::Neighbourhood::faces6);
  std::uint32_t best = parts.largest();
  double most = 0;
  image::Mask body(candidates.geometry());
  for (std::uint32_t part = 1; part <= parts.sizes.size(); ++part) {
    if (static_cast<double>(parts.sizes[part - 1]) * candidates.geometry().voxel_volume_ml() < least_ml)
      continue;
    for (std::size_t v = 0; v < body.voxels().size(); ++v) body[v] = parts.labels[v] == part;
    if (const double sure = kidney_shape_confidence(body); sure > most) most = sure, best = part;
  }
  for (std::size_t v = 0; v < body.voxels().size(); ++v) body[v] = best != 0 && parts.labels[v] == best;
  return body;
}

bool is_piece_of_spleen(const Scene& scene, const image::Volume<std::uint8_t>& markers, std::uint8_t kidney,
                        std::uint8_t spleen) {
  const image::Mask piece = where(markers, kidney), rest = where(markers, spleen);
  const double ml = volume_ml(piece);
  if (ml == 0 || ml > most_ml || volume_ml(rest) == 0) return false;
  const double level = quantile(scene.suv, piece, 0.5), of_spleen = quantile(scene.suv, rest, 0.5);
  return level > 0 && std::abs(std::log(of_spleen / level)) < std::log(most_ratio) &&
         contact_mm2(markers, kidney, spleen) > least_contact_mm2;
}

}  // namespace netpet::anatomy
