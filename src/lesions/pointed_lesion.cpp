#include "lesions/pointed_lesion.h"

#include <algorithm>
#include <cmath>

#include "base/robust.h"
#include "image/components.h"
#include "image/sphere.h"

namespace netpet::lesions {

namespace {

/// A reader points with the mouse, not to the voxel.
constexpr double kReachMm = 8;
/// The level around is taken in a shell that a lesion of 4 cm does not reach.
constexpr double kShellInnerMm = 20, kShellOuterMm = 30;
/// A reader sees more than the program dares to find; below this ratio to the level around there is nothing
/// to outline.
constexpr double kLeastContrast = 1.15;
/// An outline reaches no farther: a pointed place is one lesion, not an organ.
constexpr double kFarthestMm = 40;
/// And no lower than this share of the height above the level around.
constexpr double kLeastShare = 0.25;

template <class Visit>
void visit_ball(const space::Geometry& grid, space::IndexIjk centre, double radius_mm, Visit&& visit) {
  for (const image::SphereRow& row : image::sphere_on(grid, radius_mm).rows)
    for (int di = -row.half; di <= row.half; ++di) {
      const space::IndexIjk at{centre.i + di, centre.j + row.dj, centre.k + row.dk};
      if (grid.contains(at)) visit(grid.offset(at));
    }
}

struct Surroundings {
  double level = 0, spread = 0;
};

Surroundings surroundings_of(const image::PetVolume& suv, space::IndexIjk centre) {
  const space::Geometry& grid = suv.geometry();
  const space::PointLps middle = grid.to_lps(centre);
  std::vector<float> values;
  visit_ball(grid, centre, kShellOuterMm, [&](std::size_t voxel) {
    if (space::distance(grid.to_lps(grid.index(voxel)), middle) >= kShellInnerMm)
      values.push_back(suv[voxel]);
  });
  if (values.empty()) return {};
  const double level = base::median_of(values);
  for (float& value : values) value = static_cast<float>(std::abs(value - level));
  return {level, base::sd_of_mad * base::median_of(values)};
}

image::Region hot_part(const image::PetVolume& suv, space::IndexIjk hottest, double edge,
                       const image::Region& taken) {
  const space::Geometry& grid = suv.geometry();
  image::Mask hot(grid);
  visit_ball(grid, hottest, kFarthestMm, [&](std::size_t voxel) {
    hot[voxel] = suv[voxel] >= edge && !std::binary_search(taken.begin(), taken.end(), voxel);
  });
  return image::component_at(hot, grid.offset(hottest), image::Neighbourhood::all26);
}

}  // namespace

std::optional<Outline> outline_pointed_at(const image::PetVolume& suv, const image::LabelMap& organs,
                                          space::PointLps at, const image::Region& taken,
                                          const record::References& references, record::Role role,
                                          const base::Resources& resources, const base::Run& run) {
  const space::Geometry& grid = suv.geometry();
  const space::IndexIjk pointed = grid.nearest(at);
  if (!grid.contains(pointed)) return std::nullopt;
  std::optional<std::size_t> hottest;
  visit_ball(grid, pointed, kReachMm, [&](std::size_t voxel) {
    if (std::binary_search(taken.begin(), taken.end(), voxel)) return;
    if (!hottest || suv[voxel] > suv[*hottest]) hottest = voxel;
  });
  if (!hottest) return std::nullopt;
  Candidate candidate;
  candidate.hottest = grid.index(*hottest);
  candidate.suvmax = suv[*hottest];
  const Surroundings around = surroundings_of(suv, candidate.hottest);
  if (candidate.suvmax <= 0 || candidate.suvmax < kLeastContrast * around.level) return std::nullopt;
  candidate.organ = organs[*hottest];
  candidate.background = static_cast<float>(around.level);
  candidate.noise_sd = static_cast<float>(around.spread);
  candidate.peak = candidate.suvmax;
  candidate.faint = candidate.suvmax < lesion_rules(resources, role).finding.faint_contrast * around.level;
  candidate.region =
      hot_part(suv, candidate.hottest, around.level + kLeastShare * (candidate.suvmax - around.level), taken);
  Outline outline = outline_lesions(suv, organs, {candidate}, references, role, resources, run).front();
  std::erase_if(outline.region,
                [&](std::size_t voxel) { return std::binary_search(taken.begin(), taken.end(), voxel); });
  return outline;
}

}  // namespace netpet::lesions
