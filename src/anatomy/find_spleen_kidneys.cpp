#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "anatomy/grow_labels.h"
#include "anatomy/kidney_shape.h"
#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

/// Where an organ's middle usually lies, from the vertebral column and the dome of the diaphragm on its side,
/// mm.
struct UsualPlace {
  Organ organ;
  double left, behind, above_dome;
};
constexpr UsualPlace usual_places[] = {
    {Organ::kidney_right, -58, -8, -135}, {Organ::kidney_left, 58, -8, -120}, {Organ::spleen, 98, -5, -55}};
constexpr std::uint8_t left_kidney = 2, spleen_marker = 3;
// Farther than this from its usual place a part is something else (bowel, a tumour).
constexpr double farthest_mm = 75;
// How close to a usual place voxels speak for its organ, and how much of a core must do so.
constexpr double close_mm = 42, least_part_ml = 8;

double distance_to(const UsualPlace& place, const Landmarks& marks, const Scene& scene, space::Vec3 at) {
  const SpinePoint spine = marks.spine[static_cast<std::size_t>(scene.k_at(at.z))];
  const double dome = place.left < 0 ? marks.right_dome_z_mm : marks.left_dome_z_mm;
  return std::hypot(at.x - spine.x - place.left, at.y - spine.y - place.behind,
                    (at.z - dome - place.above_dome) * 0.7);
}

/// The number (from 1) of the usual place that lies nearest, 0 where none lies within `limit_mm`.
std::uint8_t nearest_place(const Landmarks& marks, const Scene& scene, space::Vec3 at, double limit_mm) {
  std::uint8_t nearest = 0;
  for (std::size_t p = 0; p < std::size(usual_places); ++p) {
    const double distance = distance_to(usual_places[p], marks, scene, at);
    if (distance < limit_mm) limit_mm = distance, nearest = static_cast<std::uint8_t>(p + 1);
  }
  return nearest;
}

/// Which voxels may belong to a spleen or a kidney at all.
bool in_flank(const Scene& scene, const Landmarks& marks, space::IndexIjk at) {
  const SpinePoint spine = marks.spine[static_cast<std::size_t>(at.k)];
  const double left = scene.x_mm(at.i) - spine.x, behind = scene.y_mm(at.j) - spine.y, z = scene.z_mm(at.k);
  const double dome = left < 0 ? marks.right_dome_z_mm : marks.left_dome_z_mm;
  if (z > dome + 15 || z < dome - 260 || behind > 75) return false;
  // Psoas and the muscles of the back.
  if (std::abs(left) < (behind > 12 ? 34 : 28)) return false;
  if (left < 0) return left > -110 && behind > -60 && z < dome - 50;
  return left < 170 && behind > (left > 60 ? -95 : -60);
}

/// Beside the vertebrae and in front of the ribs lies no bone: what is dense there is an organ with contrast
/// medium.
bool clear_of_skeleton(const Scene& scene, const Landmarks& marks, space::IndexIjk at) {
  const SpinePoint spine = marks.spine[static_cast<std::size_t>(at.k)];
  const double aside = std::abs(scene.x_mm(at.i) - spine.x), behind = scene.y_mm(at.j) - spine.y;
  return aside > 30 && aside < 85 && behind < 22;
}

using Markers = image::Volume<std::uint8_t>;  ///< 0, or the number (from 1) of a usual place

space::Vec3 point_at(const Scene& scene, std::size_t v) {
  const space::IndexIjk at = scene.grid.index(v);
  return {scene.x_mm(at.i), scene.y_mm(at.j), scene.z_mm(at.k)};
}

/// SSTR: spleen and kidneys stand above the liver. FDG: they are soft tissue about as active as the liver or
/// more.
bool stands_out(const Scene& scene) {
  return scene.role == record::Role::sstr;
}

/// The density of kidneys that hold contrast medium, by what lies clear of all bone; nothing without it.
std::optional<double> contrast_hu(const Scene& scene, const Landmarks& marks, double least_suv) {
  // Vessels and kidneys without contrast medium lie below, cortical bone above.
  constexpr double least_hu = 90, most_hu = 300;
  image::Mask clear(scene.grid);
  for (std::size_t v = 0; v < clear.voxels().size(); ++v) {
    if (!marks.body[v] || scene.suv[v] <= least_suv) continue;
    const space::IndexIjk at = scene.grid.index(v);
    if (!in_flank(scene, marks, at) || !clear_of_skeleton(scene, marks, at)) continue;
    const space::Vec3 point = point_at(scene, v);
    clear[v] = std::min(distance_to(usual_places[0], marks, scene, point),
                        distance_to(usual_places[1], marks, scene, point)) < close_mm;
  }
  const auto mode = mode_of(*scene.ct_clear, clear, 0, most_hu);
  return mode && *mode > least_hu ? mode : std::nullopt;
}

/// What may be spleen or kidney by density and place.
image::Mask possible_tissue(const Scene& scene, const Landmarks& marks, double least_suv) {
  const float least_hu = stands_out(scene) ? -40 : 8, most_hu = 400;
  // Contrast medium makes a kidney as dense as thin bone, and the two touch on a coarse grid.
  constexpr double like_kidney_hu = 50;
  const std::optional<double> kidney_hu = contrast_hu(scene, marks, least_suv);
  image::Mask mask(scene.grid);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
    const float hu = (*scene.ct_hu)[v];
    if (!marks.body[v] || marks.lung_left[v] || marks.lung_right[v] || hu <= least_hu || hu >= most_hu)
      continue;
    const space::IndexIjk at = scene.grid.index(v);
    const bool no_bone = !marks.bones[v] || clear_of_skeleton(scene, marks, at) ||
                         (kidney_hu && std::abs((*scene.ct_clear)[v] - *kidney_hu) < like_kidney_hu);
    mask[v] = no_bone && in_flank(scene, marks, at);
  }
  return mask;
}

/// Of that, what takes up enough.
image::Mask active_tissue(const Scene& scene, const Landmarks& marks, const LiverLook& liver,
                          const base::Run& run) {
  const double least_suv = (stands_out(scene) ? 1.3 : 0.5) * liver.suv;
  const image::Mask possible = possible_tissue(scene, marks, least_suv);
  image::Mask mask(scene.grid);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) mask[v] = possible[v] && scene.suv[v] > least_suv;
  // On FDG the liver has the same uptake as the right kidney: what is joined to the seeds of the liver is
  // liver.
  if (!stands_out(scene)) {
    const image::Mask near_liver = opened_from(mask, image::dilate(liver.seeds, 12, run), 12, run);
    for (std::size_t v = 0; v < mask.voxels().size(); ++v)
      if (mask[v] && near_liver[v])
        mask[v] = distance_to(usual_places[0], marks, scene, point_at(scene, v)) < close_mm;
  }
  // Calyces and medulla take up less than the cortex: the organ is closed before it is opened.
  constexpr double calyx_mm = 6;
  const image::Mask closed = image::erode(image::dilate(mask, calyx_mm, run), calyx_mm, run);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) mask[v] = mask[v] || (closed[v] && possible[v]);
  return mask;
}

/// The median uptake of each usual place: of what lies close to it and closer than to any other.
std::vector<double> levels_of(const Scene& scene, const Markers& nearest) {
  std::vector<double> levels;
  for (std::size_t p = 0; p < std::size(usual_places); ++p) {
    image::Mask close(scene.grid);
    for (std::size_t v = 0; v < close.voxels().size(); ++v) close[v] = nearest[v] == p + 1;
    levels.push_back(quantile(scene.suv, close, 0.5));
  }
  return levels;
}

/// Marks the thick parts of the tissue with the organ that they are.
Markers mark_cores(const Scene& scene, const Landmarks& marks, const image::Mask& tissue,
                   std::vector<double>& levels, const base::Run& run) {
  const image::Components cores =
      image::connected_components(image::erode(tissue, 7, run), image::Neighbourhood::faces6);
  const std::size_t parts = cores.sizes.size() + 1;
  std::vector<space::Vec3> sums(parts);
  std::vector<std::array<std::size_t, std::size(usual_places) + 1>> reached(parts);
  Markers nearest(scene.grid);
  for (std::size_t v = 0; v < tissue.voxels().size(); ++v)
    if (const std::uint32_t part = cores.labels[v]) {
      const space::Vec3 point = point_at(scene, v);
      sums[part] = sums[part] + point;
      nearest[v] = nearest_place(marks, scene, point, close_mm);
      ++reached[part][nearest[v]];
    }
  levels = levels_of(scene, nearest);
  std::vector<std::uint8_t> place_of(parts, 0);
  std::vector<bool> split(parts, false);
  for (std::size_t part = 1; part < parts; ++part) {
    const space::Vec3 middle = sums[part] * (1.0 / static_cast<double>(cores.sizes[part - 1]));
    place_of[part] = nearest_place(marks, scene, middle, farthest_mm);
    split[part] = std::count_if(reached[part].begin() + 1, reached[part].end(), [&](std::size_t voxels) {
                    return static_cast<double>(voxels) * scene.grid.voxel_volume_ml() > least_part_ml;
                  }) > 1;
  }
  // A core that reaches into two usual places holds two organs that touch: each of its voxels marks the
  // nearer one, unless its uptake is more like that of the other.
  const auto looks_like_other = [&](std::size_t v) {
    const auto off = [&](std::size_t p) { return std::abs(std::log(scene.suv[v] / levels[p])); };
    for (std::size_t p = 0; p < std::size(usual_places); ++p)
      if (reached[cores.labels[v]][p + 1] > 0 && levels[p] > 0 && off(p) < off(nearest[v] - 1U)) return true;
    return false;
  };
  Markers markers(scene.grid);
  for (std::size_t v = 0; v < tissue.voxels().size(); ++v) {
    const std::uint32_t part = cores.labels[v];
    if (!split[part])
      markers[v] = place_of[part];
    else if (nearest[v] != 0 && !(stands_out(scene) && looks_like_other(v)))
      markers[v] = nearest[v];
  }
  return markers;
}

/// The cores grow back through the tissue near them, each the more readily the more a voxel takes up what the
/// core does.
Markers grow_cores(const Scene& scene, image::Mask tissue, Markers markers, const std::vector<double>& levels,
                   const base::Run& run) {
  constexpr double reach_mm = 13;
  image::Mask any(scene.grid), outside(scene.grid);
  for (std::size_t v = 0; v < any.voxels().size(); ++v) any[v] = markers[v] != 0;
  const image::Mask reach = image::dilate(any, reach_mm, run);
  for (std::size_t v = 0; v < tissue.voxels().size(); ++v) {
    tissue[v] = tissue[v] && reach[v];
    outside[v] = !tissue[v];
  }
  // Uptake counts by its ratio: the cost of a step doubles at a quarter more or less.
  constexpr float tolerance = 0.25F;
  image::PetVolume log_suv(scene.grid);
  for (std::size_t v = 0; v < log_suv.voxels().size(); ++v)
    log_suv[v] = std::log(std::max(scene.suv[v], 0.01F));
  Spread spread;
  spread.density_tolerance = tolerance;
  if (stands_out(scene))
    for (std::size_t p = 0; p < levels.size(); ++p)
      if (levels[p] > 0)
        spread.density[static_cast<std::uint8_t>(p + 1)] = static_cast<float>(std::log(levels[p]));
  return grow_labels(tissue, image::distance_mm(outside, run), log_suv, std::move(markers), spread, run);
}

/// What grew from one core, of it the part that is the organ, with its gaps closed.
image::Mask whole_organ(const Scene& scene, const Landmarks& marks, const Markers& grown, std::size_t marker,
                        const base::Run& run) {
  image::Mask all(scene.grid);
  for (std::size_t v = 0; v < all.voxels().size(); ++v) all[v] = grown[v] == marker;
  const image::Mask part = marker == spleen_marker
                               ? image::largest_component(all, image::Neighbourhood::faces6)
                               : most_like_kidney(all);
  image::Mask organ = image::fill_holes(image::erode(image::dilate(part, 8, run), 8, run));
  for (std::size_t v = 0; v < organ.voxels().size(); ++v)
    organ[v] = organ[v] && (grown[v] == marker ||
                            (grown[v] == 0 && !marks.lung_left[v] &&
                             (!marks.bones[v] || clear_of_skeleton(scene, marks, scene.grid.index(v)))));
  return organ;
}

}  // namespace

std::vector<FoundOrgan> find_spleen_and_kidneys(const Scene& scene, const Landmarks& marks,
                                                const LiverLook& liver, const base::Run& run) {
  const image::Mask tissue = active_tissue(scene, marks, liver, run);
  std::vector<double> levels;
  Markers markers = mark_cores(scene, marks, tissue, levels, run);
  Markers grown = grow_cores(scene, tissue, std::move(markers), levels, run);
  if (stands_out(scene) && is_piece_of_spleen(scene, grown, left_kidney, spleen_marker))
    for (std::uint8_t& marker : grown.voxels())
      if (marker == left_kidney) marker = spleen_marker;
  std::vector<FoundOrgan> found;
  for (std::size_t p = 0; p < std::size(usual_places); ++p) {
    const bool spleen = usual_places[p].organ == Organ::spleen;
    image::Mask organ = whole_organ(scene, marks, grown, p + 1, run);
    const double ml = volume_ml(organ);
    if (ml == 0) continue;
    const double by_shape = spleen ? volume_confidence(ml, 60, 900) : kidney_shape_confidence(organ);
    found.push_back({usual_places[p].organ, std::move(organ), (stands_out(scene) ? 0.85 : 0.65) * by_shape});
  }
  return found;
}

}  // namespace netpet::anatomy
