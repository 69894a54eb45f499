#include <algorithm>
#include <cmath>

#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

using record::Organ;

// Without a CT no organ is surer than this.
constexpr double most_confidence = 0.45;

struct Part {
  image::Mask mask;
  space::Vec3 middle;
  double ml = 0;
};

/// The parts of `mask` that an erosion leaves apart, grown back, largest first.
std::vector<Part> thick_parts(const Scene& scene, const image::Mask& mask, double radius_mm, double least_ml,
                              const base::Run& run) {
  const image::Components cores =
      image::connected_components(image::erode(mask, radius_mm, run), image::Neighbourhood::faces6);
  std::vector<Part> parts;
  const std::vector<image::Region> regions = cores.regions();
  for (const image::Region& region : regions) {
    constexpr double least_core_ml = 3;
    if (static_cast<double>(region.size()) * scene.grid.voxel_volume_ml() < least_core_ml) continue;
    Part part;
    part.mask = image::dilate(image::mask_of(scene.grid, region), radius_mm + scene.grid.spacing.x, run);
    double n = 0;
    for (std::size_t v = 0; v < mask.voxels().size(); ++v) {
      part.mask[v] = part.mask[v] && mask[v];
      if (!part.mask[v]) continue;
      const space::IndexIjk at = scene.grid.index(v);
      part.middle = part.middle + space::Vec3{scene.x_mm(at.i), scene.y_mm(at.j), scene.z_mm(at.k)};
      ++n;
    }
    part.middle = part.middle * (1 / n);
    part.ml = n * scene.grid.voxel_volume_ml();
    if (part.ml >= least_ml) parts.push_back(std::move(part));
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.ml > b.ml; });
  return parts;
}

struct BodyFrame {
  double middle_x, middle_y, top_z, bottom_z;
};

BodyFrame frame_of(const Scene& scene, const image::Mask& body) {
  space::Vec3 sum;
  double n = 0;
  int low = scene.grid.size[2], high = 0;
  for (std::size_t v = 0; v < body.voxels().size(); ++v)
    if (body[v]) {
      const space::IndexIjk at = scene.grid.index(v);
      sum = sum + space::Vec3{scene.x_mm(at.i), scene.y_mm(at.j), 0};
      ++n;
      low = std::min(low, at.k), high = std::max(high, at.k);
    }
  return {sum.x / n, sum.y / n, scene.z_mm(high), scene.z_mm(low)};
}

/// The largest thick part right of the middle within limits of uptake: on FDG normal livers lie between 1.2
/// and 3.5; on SSTR the level is lowered until a part of a liver's core appears on the right.
std::optional<Part> liver_part(const Scene& scene, const Landmarks& marks, const BodyFrame& frame,
                               const base::Run& run) {
  const auto right_part = [&](double low, double high, double radius_mm,
                              double least_ml) -> std::optional<Part> {
    image::Mask mask(scene.grid);
    for (std::size_t v = 0; v < mask.voxels().size(); ++v)
      mask[v] = marks.body[v] && scene.suv[v] > low && scene.suv[v] < high;
    mask = image::fill_holes(mask);
    for (Part& part : thick_parts(scene, mask, radius_mm, least_ml, run))
      if (part.middle.x < frame.middle_x - 15) return std::move(part);
    return std::nullopt;
  };
  if (scene.role == record::Role::fdg) {
    if (auto rough = right_part(1.2, 4.5, 20, 300)) {
      const double median = quantile(scene.suv, rough->mask, 0.5);
      if (auto fine = right_part(0.7 * median, 1.8 * median, 20, 500)) return fine;
      return rough;
    }
    return std::nullopt;
  }
  const double top = quantile(scene.suv, marks.body, 0.999);
  for (double level = 0.6 * top; level > 0.02 * top; level *= 0.85)
    if (auto rough = right_part(level, HUGE_VAL, 14, 700)) {
      // The hot kidney may be part of it: the liver's own level lies in the lower half.
      const double median = quantile(scene.suv, rough->mask, 0.35);
      if (auto fine = right_part(0.5 * median, HUGE_VAL, 12, 700); fine && fine->ml < 4000) return fine;
      return rough;
    }
  return std::nullopt;
}

}  // namespace

std::vector<FoundOrgan> find_organs_from_pet(const Scene& scene, const Landmarks& marks,
                                             const base::Run& run) {
  std::vector<FoundOrgan> found;
  if (volume_ml(marks.body) == 0) return found;
  const BodyFrame frame = frame_of(scene, marks.body);
  auto liver = liver_part(scene, marks, frame, run);
  if (!liver) return found;
  const double liver_suv = quantile(scene.suv, liver->mask, 0.5);
  double dome_z = -HUGE_VAL;
  for (std::size_t v = 0; v < liver->mask.voxels().size(); ++v)
    if (liver->mask[v]) dome_z = std::max(dome_z, scene.z_mm(scene.grid.index(v).k));

  // Spleen and kidneys: thick hot parts beside and below the liver; on FDG the spleen is as warm as the
  // liver.
  struct UsualPlace {
    Organ organ;
    double left, z;
    double least_ml, most_ml;
  };
  const UsualPlace places[] = {{Organ::spleen, 95, dome_z - 60, 60, 900},
                               {Organ::kidney_left, 60, dome_z - 130, 70, 450},
                               {Organ::kidney_right, -60, dome_z - 145, 70, 450}};
  std::vector<std::optional<FoundOrgan>> best(std::size(places));
  const bool stands_out = scene.role == record::Role::sstr;
  // Kidneys and spleen that touch, or touch the liver, part as the level rises.
  for (const double level : stands_out ? std::vector{1.2, 1.8, 2.5, 3.5} : std::vector{0.6, 1.0, 1.5}) {
    image::Mask warm(scene.grid);
    for (std::size_t v = 0; v < warm.voxels().size(); ++v)
      warm[v] = scene.suv[v] > level * liver_suv && (!liver->mask[v] || (stands_out && level > 1.5));
    for (Part& part : thick_parts(scene, warm, 7, 25, run)) {
      double nearest = 60;
      std::size_t chosen = std::size(places);
      for (std::size_t p = 0; p < std::size(places); ++p) {
        const double off =
            std::hypot(part.middle.x - frame.middle_x - places[p].left, (part.middle.z - places[p].z) * 0.7);
        if (off < nearest) nearest = off, chosen = p;
      }
      if (chosen == std::size(places)) continue;
      const double confidence =
          most_confidence * volume_confidence(part.ml, places[chosen].least_ml, places[chosen].most_ml);
      if (best[chosen] && best[chosen]->confidence >= confidence) continue;
      best[chosen] = FoundOrgan{places[chosen].organ, std::move(part.mask), confidence};
    }
  }
  // The liver comes first, so that a kidney that it ran into takes its voxels back.
  found.push_back({Organ::liver, liver->mask, most_confidence * volume_confidence(liver->ml, 700, 3500)});
  for (auto& organ : best)
    if (organ) found.push_back(std::move(*organ));

  if (auto bladder = find_bladder(scene, marks, liver_suv, dome_z, run)) {
    bladder->confidence = std::min(bladder->confidence, most_confidence);
    found.push_back(std::move(*bladder));
  }
  // The brain burns glucose: the large hot part at the upper end.
  if (scene.role == record::Role::fdg) {
    image::Mask hot(scene.grid);
    for (std::size_t v = 0; v < hot.voxels().size(); ++v)
      hot[v] = scene.suv[v] > 2 * liver_suv && scene.z_mm(scene.grid.index(v).k) > dome_z + 230;
    if (auto parts = thick_parts(scene, hot, 8, 200, run); !parts.empty())
      found.push_back({Organ::brain, std::move(parts.front().mask), most_confidence});
  }
  return found;
}

}  // namespace netpet::anatomy
