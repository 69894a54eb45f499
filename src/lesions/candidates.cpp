#include "lesions/candidates.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "image/components.h"
#include "image/distance.h"
#include "image/region_block.h"
#include "image/sphere.h"
#include "lesions/host_tissue.h"
#include "lesions/hot_spots.h"

namespace netpet::lesions {

namespace {

/// Down to which 1 cm³ mean the region of a candidate reaches.
double candidate_edge(const Tissue& tissue) {
  return tissue.grow;
}

/// And that of a normal spot, which stays below its tissue's limit.
double normal_spot_edge(const Tissue& tissue) {
  return std::min(tissue.grow, 0.5 * (tissue.background + tissue.notice));
}

/// The part of a hot spot that stands out of its tissues and hangs together with its top.
image::Region outstanding_part(const HotSpot& spot, const image::PetVolume& means, const HostTissues& host,
                               double (*edge_of)(const Tissue&)) {
  const image::RegionBlock block(spot.basin, means.geometry());
  image::Mask inside = block.empty_mask();
  for (const std::size_t voxel : spot.basin)
    inside[block.block_offset(voxel)] = means[voxel] > edge_of(host.tissue_at(voxel));
  const std::size_t top = block.block_offset(spot.top);
  inside[top] = 1;
  return block.on_grid(image::component_at(inside, top, image::Neighbourhood::all26));
}

/// What lies within `edge_mm` of a voxel.
struct Surroundings {
  double limit = 0;            ///< of the most demanding tissue, organs that explain any uptake left out
  double notice = 0;           ///< the same without what a tissue may take up in health
  std::uint8_t tissue = 0;     ///< the one of `limit`
  bool has_explainer = false;  ///< an organ that explains any uptake touches the voxel
};

Surroundings surroundings_of(const HostTissues& host, const image::Sphere& edge, std::size_t voxel) {
  const space::Geometry& grid = host.at.geometry();
  const space::IndexIjk at = grid.index(voxel);
  Surroundings around;
  for (const image::SphereRow& row : edge.rows)
    for (int di = -row.half; di <= row.half; ++di) {
      const space::IndexIjk to{at.i + di, at.j + row.dj, at.k + row.dk};
      if (!grid.contains(to)) continue;
      const Tissue tissue = host.tissue_at(grid.offset(to));
      const bool touches = std::abs(di) <= 1 && std::abs(row.dj) <= 1 && std::abs(row.dk) <= 1;
      if (tissue.explains_any)
        around.has_explainer |= touches;
      else {
        around.notice = std::max(around.notice, tissue.notice);
        if (tissue.limit > around.limit) {
          around.limit = tissue.limit;
          around.tissue = host.at[grid.offset(to)];
        }
      }
    }
  return around;
}

/// A focus smaller than 1 cm³ is blurred out of the means: it still lifts them, and its highest voxel stands
/// out by far more than noise does. Touching an organ with uptake of its own it is that organ's edge.
bool is_small_focus(const HotSpot& spot, const Surroundings& around, const image::PetVolume& suv,
                    const HostTissues& host, const FindingRules& rules) {
  const Tissue tissue = host.tissue_at(spot.top);
  return !around.has_explainer &&
         spot.height >
             tissue.background + rules.noise_multiple * host.noise_at(spot.top) * tissue.background &&
         suv[spot.top] > rules.small_focus_contrast * around.limit;
}

std::uint16_t host_organ(const image::LabelMap& organs, const image::Region& region, std::size_t top) {
  if (organs[top] != 0) return organs[top];
  std::vector<std::uint16_t> labels;
  for (const std::size_t voxel : region)
    if (organs[voxel] != 0) labels.push_back(organs[voxel]);
  if (2 * labels.size() < region.size()) return 0;
  std::sort(labels.begin(), labels.end());
  std::uint16_t most = 0;
  std::size_t count = 0;
  for (auto at = labels.begin(); at != labels.end();) {
    const auto end = std::upper_bound(at, labels.end(), *at);
    if (static_cast<std::size_t>(end - at) > count) count = static_cast<std::size_t>(end - at), most = *at;
    at = end;
  }
  return most;
}

Candidate candidate_of(const HotSpot& spot, image::Region region, const image::PetVolume& suv,
                       const image::LabelMap& organs, const HostTissues& host, const FindingRules& rules) {
  Candidate candidate;
  std::size_t hottest = region.front();
  for (const std::size_t voxel : region)
    if (suv[voxel] > suv[hottest]) hottest = voxel;
  candidate.hottest = suv.geometry().index(hottest);
  candidate.suvmax = suv[hottest];
  candidate.organ = host_organ(organs, region, spot.top);
  const Tissue tissue = host.tissue_of(candidate.organ, spot.top);
  candidate.background = static_cast<float>(tissue.background);
  candidate.noise_sd = static_cast<float>(tissue.level.sd);
  candidate.peak = spot.height;
  candidate.faint = spot.height < rules.faint_contrast * tissue.background;
  candidate.region = std::move(region);
  return candidate;
}

}  // namespace

FoundUptake find_uptake(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                        record::Role role, const base::Resources& resources, const base::Run& run) {
  base::check(organs_on_suv_grid.voxels().size() == suv.voxels().size(),
              "the organs lie on another grid than the SUV");
  const FindingRules rules = lesion_rules(resources, role).finding;
  const image::PetVolume means =
      image::sphere_means(suv, image::sphere_on(suv.geometry(), image::kOneMlRadiusMm), run);
  const std::vector<TissueRule> tissues = tissue_rules(resources, role);
  const HostTissues host = host_tissues(means, organs_on_suv_grid, rules, tissues, run);

  std::vector<SplitLevel> levels;
  double floor = std::numeric_limits<double>::infinity();
  for (std::size_t number = 0; number < host.tissues.size(); ++number) {
    const Tissue& tissue = host.tissues[number];
    levels.push_back({static_cast<float>(tissue.explains_any ? host.blood_pool : tissue.background),
                      static_cast<float>(tissue.explains_any ? 0 : tissue.level.sd), tissue.explains_any,
                      number > 0 && tissues[number - 1].uptake == NormalUptake::above_own_level});
    if (tissue.limit > 0) floor = std::min(floor, tissue.grow);
  }
  run.throw_if_stopped();
  const image::Sphere edge = image::sphere_on(suv.geometry(), rules.edge_mm);
  const auto candidate_at = [&](const HotSpot& spot, double (*edge_of)(const Tissue&)) {
    return candidate_of(spot, outstanding_part(spot, means, host, edge_of), suv, organs_on_suv_grid, host,
                        rules);
  };
  FoundUptake found;
  for (const HotSpot& spot : split_hot_spots(
           means, static_cast<float>(floor), host.at, levels,
           {rules.split_depth, rules.split_noise_multiple, rules.beyond_organ_depth, rules.organ_reach_mm})) {
    if (host.tissues[host.at[spot.top]].explains_any) continue;
    const Surroundings around = surroundings_of(host, edge, spot.top);
    if (spot.height > around.limit || is_small_focus(spot, around, suv, host, rules))
      found.candidates.push_back(candidate_at(spot, candidate_edge));
    else if (spot.height > around.notice && around.tissue != 0)
      found.normal.push_back({candidate_at(spot, normal_spot_edge), tissues[around.tissue - 1U]});
  }
  const space::Geometry& grid = suv.geometry();
  const auto is_before = [&](const Candidate& a, const Candidate& b) {
    return grid.offset(a.hottest) < grid.offset(b.hottest);
  };
  std::sort(found.candidates.begin(), found.candidates.end(), is_before);
  std::sort(found.normal.begin(), found.normal.end(),
            [&](const NormalSpot& a, const NormalSpot& b) { return is_before(a.spot, b.spot); });
  return found;
}

}  // namespace netpet::lesions
