#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

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

/// Grows numbered markers through `mask`, all at the same speed.
image::Volume<std::uint8_t> grow_markers(const image::Mask& mask, image::Volume<std::uint8_t> markers) {
  const space::Geometry& grid = mask.geometry();
  std::deque<std::size_t> front;
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    if (markers[v]) front.push_back(v);
  constexpr int steps[6][3] = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
  while (!front.empty()) {
    const std::size_t v = front.front();
    front.pop_front();
    const space::IndexIjk at = grid.index(v);
    for (const auto& step : steps) {
      const space::IndexIjk to{at.i + step[0], at.j + step[1], at.k + step[2]};
      if (!grid.contains(to)) continue;
      const std::size_t w = grid.offset(to);
      if (!mask[w] || markers[w]) continue;
      markers[w] = markers[v];
      front.push_back(w);
    }
  }
  return markers;
}

}  // namespace

std::vector<FoundOrgan> find_spleen_and_kidneys(const Scene& scene, const Landmarks& marks,
                                                const LiverLook& liver, const base::Run& run) {
  // SSTR: spleen and kidneys stand above the liver. FDG: they are soft tissue about as active as the liver or
  // more.
  const bool stands_out = scene.role == record::Role::sstr;
  const double least_suv = (stands_out ? 1.3 : 0.5) * liver.suv;
  const float least_hu = stands_out ? -40 : 8, most_hu = 400;
  image::Mask mask(scene.grid);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
    const float hu = (*scene.ct_hu)[v];
    mask[v] = scene.suv[v] > least_suv && marks.body[v] && !marks.lung_left[v] && !marks.lung_right[v] &&
              hu > least_hu && hu < most_hu && in_flank(scene, marks, scene.grid.index(v)) &&
              (!marks.bones[v] || clear_of_skeleton(scene, marks, scene.grid.index(v)));
  }
  // On FDG the liver has the same uptake as the right kidney: what is joined to the seeds of the liver is
  // liver.
  if (!stands_out) {
    const image::Mask near_liver = opened_from(mask, image::dilate(liver.seeds, 12, run), 12, run);
    for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
      if (!mask[v] || !near_liver[v]) continue;
      const space::IndexIjk at = scene.grid.index(v);
      const space::Vec3 point{scene.x_mm(at.i), scene.y_mm(at.j), scene.z_mm(at.k)};
      mask[v] = distance_to(usual_places[0], marks, scene, point) < close_mm;
    }
  }

  // Calyces and medulla take up less than the cortex: the organ is closed before it is opened.
  constexpr double calyx_mm = 6;
  image::Mask closed = image::erode(image::dilate(mask, calyx_mm, run), calyx_mm, run);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    mask[v] = mask[v] || (closed[v] && marks.body[v] && !marks.lung_left[v] && !marks.lung_right[v] &&
                          (*scene.ct_hu)[v] > least_hu && (*scene.ct_hu)[v] < most_hu &&
                          in_flank(scene, marks, scene.grid.index(v)) &&
                          (!marks.bones[v] || clear_of_skeleton(scene, marks, scene.grid.index(v))));

  const image::Components cores =
      image::connected_components(image::erode(mask, 7, run), image::Neighbourhood::faces6);
  std::vector<std::uint8_t> place_of(cores.sizes.size() + 1, 0);
  std::vector<space::Vec3> sums(cores.sizes.size() + 1);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    if (const std::uint32_t part = cores.labels[v]) {
      const space::IndexIjk at = scene.grid.index(v);
      sums[part] = sums[part] + space::Vec3{scene.x_mm(at.i), scene.y_mm(at.j), scene.z_mm(at.k)};
    }
  for (std::size_t part = 1; part < sums.size(); ++part) {
    const space::Vec3 middle = sums[part] * (1.0 / static_cast<double>(cores.sizes[part - 1]));
    place_of[part] = nearest_place(marks, scene, middle, farthest_mm);
  }
  // A core that reaches into two usual places holds two organs that touch: each of its voxels marks the
  // nearer one.
  std::vector<std::array<std::size_t, std::size(usual_places) + 1>> reached(cores.sizes.size() + 1);
  image::Volume<std::uint8_t> nearest(scene.grid);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
    if (!cores.labels[v]) continue;
    const space::IndexIjk at = scene.grid.index(v);
    nearest[v] =
        nearest_place(marks, scene, {scene.x_mm(at.i), scene.y_mm(at.j), scene.z_mm(at.k)}, close_mm);
    ++reached[cores.labels[v]][nearest[v]];
  }
  const auto holds_several = [&](std::uint32_t part) {
    return std::count_if(reached[part].begin() + 1, reached[part].end(), [&](std::size_t voxels) {
             return static_cast<double>(voxels) * scene.grid.voxel_volume_ml() > least_part_ml;
           }) > 1;
  };
  std::vector<bool> split(cores.sizes.size() + 1, false);
  for (std::uint32_t part = 1; part < split.size(); ++part) split[part] = holds_several(part);
  image::Volume<std::uint8_t> markers(scene.grid);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    markers[v] = split[cores.labels[v]] ? nearest[v] : place_of[cores.labels[v]];
  const image::Mask reach = image::dilate(
      [&] {
        image::Mask any(scene.grid);
        for (std::size_t v = 0; v < any.voxels().size(); ++v) any[v] = markers[v] != 0;
        return any;
      }(),
      13, run);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) mask[v] = mask[v] && reach[v];
  const image::Volume<std::uint8_t> grown = grow_markers(mask, std::move(markers));

  std::vector<FoundOrgan> found;
  for (std::size_t p = 0; p < std::size(usual_places); ++p) {
    image::Mask organ(scene.grid);
    for (std::size_t v = 0; v < organ.voxels().size(); ++v) organ[v] = grown[v] == p + 1;
    organ = image::largest_component(organ, image::Neighbourhood::faces6);
    organ = image::fill_holes(image::erode(image::dilate(organ, 8, run), 8, run));
    for (std::size_t v = 0; v < organ.voxels().size(); ++v)
      organ[v] = organ[v] && !marks.lung_left[v] &&
                 (!marks.bones[v] || clear_of_skeleton(scene, marks, scene.grid.index(v)));
    const double ml = volume_ml(organ);
    if (ml == 0) continue;
    const bool spleen = usual_places[p].organ == Organ::spleen;
    const double by_volume = spleen ? volume_confidence(ml, 60, 900) : volume_confidence(ml, 80, 450);
    found.push_back({usual_places[p].organ, std::move(organ), (stands_out ? 0.85 : 0.65) * by_volume});
  }
  return found;
}

}  // namespace netpet::anatomy
