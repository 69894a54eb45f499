#include <algorithm>
#include <cmath>
#include <vector>

#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

// The iliac fossa: beside and before the lower spine, from above the crest to the bladder.
constexpr double least_aside_mm = 25, most_aside_mm = 130, behind_mm = 10, before_mm = 130;
constexpr double above_crest_mm = 60, below_crest_mm = 120, crest_below_dome_mm = 210;
// Cortex takes up as much as the liver or more; an opening parts graft, ureter and bladder.
constexpr double least_of_liver = 0.8, core_mm = 7, grown_mm = 9;
constexpr double least_ml = 80, most_ml = 400;
// A kidney is about twice as long as wide.
constexpr double least_length_mm = 75, most_length_mm = 160;
// By place, size and uptake alone.
constexpr double most_confidence = 0.5;

double length_mm(const Scene& scene, const image::Mask& mask) {
  // Twice the root of five times the largest variance: exact for a solid ellipsoid. Along z, within the tilt
  // that a graft has, the length shows as well along any axis.
  space::Vec3 sum, squares;
  double n = 0;
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
    if (!mask[v]) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const space::Vec3 p{scene.x_mm(at.i), scene.y_mm(at.j), scene.z_mm(at.k)};
    sum = sum + p, squares = squares + space::Vec3{p.x * p.x, p.y * p.y, p.z * p.z}, ++n;
  }
  const auto spread = [n](double s, double q) { return q / n - s / n * s / n; };
  return 2 * std::sqrt(5 * std::max({spread(sum.x, squares.x), spread(sum.y, squares.y),
                                     spread(sum.z, squares.z)}));
}

}  // namespace

std::optional<FoundOrgan> find_kidney_graft(const Scene& scene, const Landmarks& marks, double liver_suv,
                                            const std::vector<FoundOrgan>& others, const base::Run& run) {
  if (scene.role != record::Role::sstr || !scene.has_ct() || !scene.has_pet) return std::nullopt;
  const double crest = marks.crest_z_mm.value_or(marks.right_dome_z_mm - crest_below_dome_mm);
  image::Mask hot(scene.grid);
  for (std::size_t v = 0; v < hot.voxels().size(); ++v) {
    const float hu = (*scene.ct_hu)[v];
    if (!marks.body[v] || hu < -20 || hu > 400 || scene.suv[v] < least_of_liver * liver_suv) continue;
    const space::IndexIjk at = scene.grid.index(v);
    const SpinePoint spine = marks.spine[static_cast<std::size_t>(at.k)];
    const double aside = std::abs(scene.x_mm(at.i) - spine.x), before = spine.y - scene.y_mm(at.j),
                 above = scene.z_mm(at.k) - crest;
    hot[v] = aside > least_aside_mm && aside < most_aside_mm && before > -behind_mm && before < before_mm &&
             above < above_crest_mm && above > -below_crest_mm;
  }
  for (const FoundOrgan& other : others)
    for (std::size_t v = 0; v < hot.voxels().size(); ++v)
      if (other.confidence >= least_organ_confidence && other.mask[v]) hot[v] = 0;
  hot = image::fill_holes(hot);
  image::Mask graft = image::dilate(
      image::largest_component(image::erode(hot, core_mm, run), image::Neighbourhood::faces6), grown_mm, run);
  for (std::size_t v = 0; v < graft.voxels().size(); ++v) graft[v] = graft[v] && hot[v];
  const double ml = volume_ml(graft);
  if (ml < least_ml || ml > most_ml) return std::nullopt;
  const double length = length_mm(scene, graft);
  if (length < least_length_mm || length > most_length_mm) return std::nullopt;
  double off = 0;
  for (std::size_t v = 0; v < graft.voxels().size(); ++v)
    if (graft[v]) {
      const space::IndexIjk at = scene.grid.index(v);
      off += scene.x_mm(at.i) - marks.spine[static_cast<std::size_t>(at.k)].x;
    }
  return FoundOrgan{off < 0 ? Organ::kidney_right : Organ::kidney_left, std::move(graft), most_confidence,
                    true};
}

}  // namespace netpet::anatomy
