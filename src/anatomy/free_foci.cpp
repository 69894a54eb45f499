#include "anatomy/free_foci.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "anatomy/catchment.h"
#include "base/robust.h"
#include "image/components.h"
#include "image/distance.h"
#include "image/mask.h"
#include "image/resample.h"
#include "record/organ.h"

namespace netpet::anatomy {
namespace {

using record::id_of;
using record::Organ;

constexpr Organ searched[] = {Organ::spleen, Organ::kidney_right, Organ::kidney_left};
constexpr std::int16_t outside_hu = -1000;
// Between organs lies fat.
constexpr int fat_hu = -40;
// How far the uptake of two tops must fall between them for two basins, and from the top of a focus to the
// organ, as a share of the top: more than noise does (12 % between the tops of a healthy spleen), and in a
// kidney more than between cortex and pelvis.
constexpr float least_rise = 0.1F, least_fall_from_spleen = 0.17F, least_fall_from_kidney = 0.28F;
// A focus reaches down to this share of its top; what is released is a rim wider than that.
constexpr float edge_share = 0.5F;
constexpr double rim_mm = 4.1;
// Above an organ of even uptake a focus rises to this, and its edge lies at that, times the organ's own.
constexpr double least_above_organ = 1.5, edge_above_organ = 1.25;
// The core of an organ: deeper than a focus is thick.
constexpr double core_depth_mm = 13, core_share_of_depth = 0.7, most_of_core = 0.15;
// A focus is round: its volume is at most this many times that of the largest ball in it. Cortex is a shell.
constexpr double most_of_ball = 4.5, least_focus_ml = 0.3;
// What an organ surrounds in this share of directions is a part of it: a calyx, the pelvis of a kidney.
constexpr double most_surrounded = 0.4;
constexpr int directions = 96;
// A wall counts as one from this thickness on, within this reach.
constexpr double wall_mm = 8, wall_reach_mm = 30;

/// The part of the map that holds the organs, on a grid of its own.
struct Flank {
  space::Geometry grid;
  space::IndexIjk first;
  image::LabelMap organs;  ///< the searched ones alone
  image::Mask tissue;      ///< of them, without fat
  image::PetVolume suv;
};

std::size_t offset_in_whole(const Flank& flank, const space::Geometry& whole, std::size_t v) {
  const space::IndexIjk at = flank.grid.index(v);
  return whole.offset({at.i + flank.first.i, at.j + flank.first.j, at.k + flank.first.k});
}

bool is_searched(std::uint16_t id) {
  return std::any_of(std::begin(searched), std::end(searched), [id](Organ one) { return id_of(one) == id; });
}

Flank cut_out(const image::LabelMap& labels, const image::CtVolume& ct, const image::PetVolume& suv,
              const base::Run& run) {
  image::Mask any(labels.geometry());
  for (std::size_t v = 0; v < any.voxels().size(); ++v) any[v] = is_searched(labels[v]);
  Flank flank;
  image::Box box = image::bounding_box(any);
  if (box.empty()) return flank;
  constexpr double margin_mm = 6;
  box = box.grown(labels.geometry(), margin_mm);
  flank.first = {box.first[0], box.first[1], box.first[2]};
  flank.grid = labels.geometry();
  flank.grid.origin = labels.geometry().to_lps(flank.first);
  for (std::size_t axis = 0; axis < 3; ++axis) flank.grid.size[axis] = box.last[axis] - box.first[axis] + 1;
  flank.organs = image::LabelMap(flank.grid);
  flank.tissue = image::Mask(flank.grid);
  const image::CtVolume hu = image::resample_linear(ct, flank.grid, space::Affine{}, outside_hu, run);
  flank.suv = image::resample_linear(suv, flank.grid, space::Affine{}, 0.F, run);
  for (std::size_t v = 0; v < flank.tissue.voxels().size(); ++v) {
    const std::uint16_t id = labels[offset_in_whole(flank, labels.geometry(), v)];
    if (!is_searched(id)) continue;
    flank.organs[v] = id;
    flank.tissue[v] = hu[v] > fat_hu;
  }
  return flank;
}

/// The thick middle of each organ, 0 elsewhere.
image::LabelMap cores_of(const Flank& flank, const base::Run& run) {
  image::LabelMap cores(flank.grid);
  for (const Organ organ : searched) {
    image::Mask outside(flank.grid);
    for (std::size_t v = 0; v < outside.voxels().size(); ++v) outside[v] = flank.organs[v] != id_of(organ);
    const image::Volume<float> depth = image::distance_mm(outside, run);
    const float deepest = *std::max_element(depth.voxels().begin(), depth.voxels().end());
    if (!(deepest > 0) || !std::isfinite(deepest)) continue;
    const double least = std::min(core_depth_mm, core_share_of_depth * deepest);
    image::Mask core(flank.grid);
    for (std::size_t v = 0; v < core.voxels().size(); ++v) core[v] = depth[v] > least;
    core = image::largest_component(core, image::Neighbourhood::faces6);
    for (std::size_t v = 0; v < core.voxels().size(); ++v)
      if (core[v]) cores[v] = id_of(organ);
  }
  return cores;
}

/// The part of a basin around its top that lies above a level.
image::Mask part_above(const Flank& flank, const Catchment& all, std::uint32_t basin, float level) {
  const std::size_t top = all.tops[basin - 1];
  image::Mask above(flank.grid);
  for (std::size_t v = 0; v < above.voxels().size(); ++v)
    above[v] = all.basins[v] == basin && (flank.suv[v] > level || v == top);
  return image::mask_of(flank.grid, image::component_at(above, top, image::Neighbourhood::faces6));
}

/// Whether it takes much of an organ's core: then it is the organ, or half of it.
bool holds_core(const image::Mask& focus, const image::LabelMap& cores) {
  std::map<std::uint16_t, std::pair<double, double>> shares;
  for (std::size_t v = 0; v < focus.voxels().size(); ++v)
    if (cores[v] != 0) {
      auto& [inside, all] = shares[cores[v]];
      inside += focus[v], ++all;
    }
  return std::any_of(shares.begin(), shares.end(), [](const auto& organ) {
    return organ.second.first > most_of_core * organ.second.second;
  });
}

bool is_round(const image::Mask& focus, const base::Run& run) {
  image::Mask outside(focus.geometry());
  double voxels = 0;
  for (std::size_t v = 0; v < outside.voxels().size(); ++v) outside[v] = !focus[v], voxels += focus[v];
  const image::Volume<float> depth = image::distance_mm(outside, run);
  const double radius = *std::max_element(depth.voxels().begin(), depth.voxels().end());
  const double ml = voxels * focus.geometry().voxel_volume_ml();
  return ml >= least_focus_ml && ml * 1000 <= most_of_ball * 4 / 3 * std::numbers::pi * std::pow(radius, 3);
}

/// The largest share of all directions in which one and the same organ stands around the focus as a wall.
double surrounded_share(const Flank& flank, const image::Mask& focus_and_rim, std::size_t top) {
  const space::IndexIjk from = flank.grid.index(top);
  std::map<std::uint16_t, int> walls;
  const double step_mm = flank.grid.spacing.x;
  for (int d = 0; d < directions; ++d) {
    // Evenly over the sphere, by the golden angle.
    const double z = 1 - (2 * d + 1.0) / directions, turn = d * std::numbers::pi * (3 - std::sqrt(5.0)),
                 r = std::sqrt(1 - z * z);
    std::map<std::uint16_t, double> thickness;
    double outside_mm = 0;
    for (double t = 1; outside_mm < wall_reach_mm; ++t) {
      const space::IndexIjk at{from.i + static_cast<int>(std::lround(t * r * std::cos(turn))),
                               from.j + static_cast<int>(std::lround(t * r * std::sin(turn))),
                               from.k + static_cast<int>(std::lround(t * z))};
      if (!flank.grid.contains(at)) break;
      const std::size_t v = flank.grid.offset(at);
      if (focus_and_rim[v]) continue;
      outside_mm += step_mm;
      if (flank.organs[v] != 0) thickness[flank.organs[v]] += step_mm;
    }
    for (const auto& [organ, mm] : thickness) walls[organ] += mm >= wall_mm;
  }
  int most = 0;
  for (const auto& [organ, count] : walls) most = std::max(most, count);
  return static_cast<double>(most) / directions;
}

/// The uptake of each organ: of a hot half of a small one a tumour must not be the median.
std::map<std::uint16_t, double> levels_of(const Flank& flank) {
  std::map<std::uint16_t, std::vector<float>> values;
  for (std::size_t v = 0; v < flank.tissue.voxels().size(); ++v)
    if (flank.tissue[v]) values[flank.organs[v]].push_back(flank.suv[v]);
  std::map<std::uint16_t, double> levels;
  for (auto& [organ, suv] : values) levels[organ] = base::median_of(suv);
  return levels;
}

/// The levels at which a basin may part from its organ: the pass to it, where the uptake falls and rises
/// again, or above the organ's own, where it only falls.
std::vector<float> levels_to_try(const Flank& flank, const Catchment& all, std::uint32_t basin,
                                 double organ_level) {
  const float top = flank.suv[all.tops[basin - 1]], pass = all.passes[basin - 1];
  const bool in_spleen = flank.organs[all.tops[basin - 1]] == id_of(Organ::spleen);
  const float least_fall = in_spleen ? least_fall_from_spleen : least_fall_from_kidney;
  std::vector<float> levels;
  if (pass < (1 - least_fall) * top) levels.push_back(std::max(pass, edge_share * top));
  if (top > least_above_organ * organ_level)
    levels.push_back(std::max(edge_share * top, static_cast<float>(edge_above_organ * organ_level)));
  return levels;
}

}  // namespace

void free_foci(image::LabelMap& labels, const image::CtVolume& ct, const image::PetVolume& suv,
               const base::Run& run) {
  const Flank flank = cut_out(labels, ct, suv, run);
  if (flank.tissue.empty()) return;
  const Catchment all = catchment_of(flank.suv, flank.tissue, least_rise);
  const image::LabelMap cores = cores_of(flank, run);
  std::map<std::uint16_t, double> organ_levels = levels_of(flank);
  for (std::uint32_t basin = 1; basin <= all.tops.size(); ++basin) {
    const std::size_t top = all.tops[basin - 1];
    if (all.basins[top] != basin) continue;
    for (const float level : levels_to_try(flank, all, basin, organ_levels[flank.organs[top]])) {
      const image::Mask focus = part_above(flank, all, basin, level);
      if (holds_core(focus, cores) || !is_round(focus, run)) continue;
      const image::Mask rim = image::dilate(focus, rim_mm, run);
      if (surrounded_share(flank, rim, top) > most_surrounded) continue;
      for (std::size_t v = 0; v < rim.voxels().size(); ++v)
        if (rim[v] && flank.organs[v] != 0) labels[offset_in_whole(flank, labels.geometry(), v)] = 0;
      const space::PointLps at = flank.grid.to_lps(flank.grid.index(top));
      run.detail(fmt::format("focus beside the {} without a label: SUV {:.1f} at ({:.0f}, {:.0f}, {:.0f})",
                             record::name_of(static_cast<Organ>(flank.organs[top])), flank.suv[top], at.x,
                             at.y, at.z));
      break;
    }
  }
}

}  // namespace netpet::anatomy
