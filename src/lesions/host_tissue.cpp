#include "lesions/host_tissue.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/parallel_for.h"
#include "base/robust.h"
#include "image/distance.h"
#include "image/mask.h"
#include "image/region_block.h"

namespace netpet::lesions {

namespace {

/// Clipping converges within a few rounds; more only chase rounding.
constexpr int kClipRounds = 20;
/// No PET tissue is smoother than this; keeps a synthetic constant organ from having no spread at all.
constexpr double kLeastRelativeSd = 0.01;

/// `sorted`: halves the sample to its densest half until two values are left.
double half_sample_mode(const std::vector<float>& sorted) {
  std::size_t first = 0, count = sorted.size();
  while (count > 2) {
    const std::size_t half = (count + 1) / 2;
    std::size_t best = first;
    float width = std::numeric_limits<float>::infinity();
    for (std::size_t at = first; at + half <= first + count; ++at) {
      const float this_width = sorted[at + half - 1] - sorted[at];
      if (this_width < width) width = this_width, best = at;
    }
    first = best, count = half;
  }
  return count == 2 ? 0.5 * (double(sorted[first]) + sorted[first + 1]) : sorted[first];
}

/// Spread of the values on the side of `centre` where no lesion can be.
double spread_below(const std::vector<float>& sorted, double centre) {
  std::vector<float> below;
  for (const float value : sorted) {
    if (value > centre) break;
    below.push_back(static_cast<float>(centre - value));
  }
  return below.empty() ? 0 : base::sd_of_mad * base::median_of(below);
}

/// The voxels of a label, looked for in a block that holds them: no pass over the whole image.
template <class Label>
image::Region voxels_of(const image::Volume<Label>& labels, Label label, const image::Box& box) {
  image::Region region;
  for (int k = box.first[2]; k <= box.last[2]; ++k)
    for (int j = box.first[1]; j <= box.last[1]; ++j) {
      std::size_t voxel = labels.geometry().offset({box.first[0], j, k});
      for (int i = box.first[0]; i <= box.last[0]; ++i, ++voxel)
        if (labels[voxel] == label) region.push_back(voxel);
    }
  return region;
}

std::vector<float> values_in(const image::PetVolume& means, const image::Region& region) {
  std::vector<float> values;
  values.reserve(region.size());
  for (const std::size_t voxel : region) values.push_back(means[voxel]);
  return values;
}

/// The values well inside a tissue, or all where too little is left.
std::vector<float> inner_values(const image::PetVolume& means, const image::Region& tissue,
                                const FindingRules& rules) {
  if (tissue.empty()) return {};
  const space::Geometry& grid = means.geometry();
  const image::RegionBlock block(tissue, grid, image::bounding_box(grid, tissue).grown(grid, 0));
  const image::Region inner =
      block.on_grid(image::region_of(image::erode(block.mask(), rules.erosion_mm, base::Run())));
  const double least = rules.least_tissue_ml / grid.voxel_volume_ml();
  return values_in(means, static_cast<double>(inner.size()) >= least ? inner : tissue);
}

using Boxes = std::map<std::uint16_t, image::Box>;

double blood_pool_level(const image::PetVolume& means, const image::LabelMap& organs, const Boxes& boxes,
                        const FindingRules& rules) {
  const double least = rules.least_tissue_ml / means.geometry().voxel_volume_ml();
  for (const std::uint16_t organ : rules.blood_pool_organs) {
    const auto box = boxes.find(organ);
    if (box == boxes.end()) continue;
    const std::vector<float> values = inner_values(means, voxels_of(organs, organ, box->second), rules);
    if (static_cast<double>(values.size()) < least) continue;
    const Level level = robust_level(values);
    if (level.mean > 0) return level.mean;
  }
  return rules.blood_pool_suv;
}

/// Level of an organ of which each part has its own: the upper end of its range, over which lesions stand.
Level range_level(std::vector<float> values, double upper_share) {
  const float upper = base::quantile_of(values, upper_share);
  return {upper, kLeastRelativeSd * std::abs(upper)};
}

Level level_of(const TissueRule& rule, const image::Volume<std::uint8_t>& at, std::size_t number,
               const image::PetVolume& means, const Boxes& boxes, const FindingRules& finding) {
  image::Box box;
  for (const std::uint16_t organ : rule.organs)
    if (const auto found = boxes.find(organ); found != boxes.end()) box = image::union_of(box, found->second);
  if (box.empty()) return {};
  const image::Region tissue = voxels_of(at, static_cast<std::uint8_t>(number), box);
  const bool patchy = rule.uptake == NormalUptake::above_own_range;
  std::vector<float> values = patchy ? values_in(means, tissue) : inner_values(means, tissue, finding);
  if (values.empty()) return {};
  return patchy ? range_level(std::move(values), finding.own_range_share) : robust_level(std::move(values));
}

Tissue judged(const TissueRule& rule, Level level, double blood_pool, const FindingRules& finding) {
  Tissue tissue;
  tissue.level = level;
  tissue.background = level.mean;
  if (rule.uptake == NormalUptake::any) {
    tissue.explains_any = true;
    tissue.limit = tissue.grow = tissue.notice = std::numeric_limits<double>::infinity();
    return tissue;
  }
  if (rule.uptake == NormalUptake::above_blood_pool) tissue.background = std::max(level.mean, blood_pool);
  tissue.notice = std::max(tissue.background * rule.contrast, level.mean + finding.noise_multiple * level.sd);
  tissue.limit = std::max(tissue.notice, rule.up_to_suv);
  tissue.grow = tissue.background + finding.grow_share * (tissue.limit - tissue.background);
  return tissue;
}

/// Soft tissue of a level: never below the blood pool, which runs through all of it.
Tissue soft_tissue(double local_level, double noise, double blood_pool, const FindingRules& finding) {
  Tissue tissue;
  tissue.background = std::max(local_level, blood_pool);
  tissue.level = {tissue.background, std::max(noise, kLeastRelativeSd) * tissue.background};
  tissue.limit = std::max(finding.soft_tissue_contrast * tissue.background,
                          tissue.background + finding.noise_multiple * tissue.level.sd);
  tissue.notice = tissue.limit;
  tissue.grow = tissue.background + finding.grow_share * (tissue.limit - tissue.background);
  return tissue;
}

}  // namespace

Level robust_level(std::vector<float> values) {
  base::check(!values.empty(), "a level needs values");
  std::sort(values.begin(), values.end());
  Level level;
  level.mean = half_sample_mode(values);
  level.sd = std::max(spread_below(values, level.mean), kLeastRelativeSd * std::abs(level.mean));
  for (int round = 0; round < kClipRounds; ++round) {
    const auto low =
        std::lower_bound(values.begin(), values.end(), static_cast<float>(level.mean - 3 * level.sd));
    const auto high = std::upper_bound(low, values.end(), static_cast<float>(level.mean + 3 * level.sd));
    if (low == high) break;
    std::vector<float> kept(low, high);
    const Level before = level;
    level.mean = base::median_of(kept);
    for (float& value : kept) value = static_cast<float>(std::abs(value - level.mean));
    level.sd = std::max(base::sd_of_mad * base::median_of(kept), kLeastRelativeSd * std::abs(level.mean));
    if (level.mean == before.mean && level.sd == before.sd) break;
  }
  return level;
}

Tissue HostTissues::tissue_at(std::size_t voxel) const {
  return at[voxel] != 0 ? in_slice_of(tissues[at[voxel]], voxel) : soft_tissue_at(voxel);
}

Tissue HostTissues::tissue_of(std::uint16_t organ, std::size_t voxel) const {
  return of_organ[organ] != 0 ? in_slice_of(tissues[of_organ[organ]], voxel) : soft_tissue_at(voxel);
}

/// An organ's spread is that of its usual slice; where slices are noisier, more noise stands above its level.
Tissue HostTissues::in_slice_of(Tissue tissue, std::size_t voxel) const {
  const double noise = noise_at(voxel);
  if (tissue.explains_any || usual_noise <= 0 || noise <= usual_noise) return tissue;
  const double limit = tissue.level.mean + rules.noise_multiple * tissue.level.sd * noise / usual_noise;
  tissue.notice = std::max(tissue.notice, limit);
  if (limit <= tissue.limit) return tissue;
  tissue.limit = limit;
  tissue.grow = tissue.background + rules.grow_share * (tissue.limit - tissue.background);
  return tissue;
}

double HostTissues::noise_at(std::size_t voxel) const {
  return soft_noise[static_cast<std::size_t>(at.geometry().index(voxel).k)];
}

Tissue HostTissues::soft_tissue_at(std::size_t voxel) const {
  const space::IndexIjk index = at.geometry().index(voxel);
  return soft_tissue(local.at(index), noise_at(voxel), blood_pool, rules);
}

HostTissues host_tissues(const image::PetVolume& means, const image::LabelMap& organs,
                         const FindingRules& finding, const std::vector<TissueRule>& rules,
                         const base::Run& run) {
  base::check(rules.size() < 255, "tissues are numbered in one byte");
  std::vector<std::uint8_t> of_organ(65536, 0);
  for (std::size_t rule = 0; rule < rules.size(); ++rule)
    for (const std::uint16_t organ : rules[rule].organs)
      of_organ[organ] = static_cast<std::uint8_t>(rule + 1);
  image::Volume<std::uint8_t> at(means.geometry());
  for (std::size_t voxel = 0; voxel < at.voxels().size(); ++voxel) at[voxel] = of_organ[organs[voxel]];

  const Boxes boxes = image::boxes_of_labels(organs);
  const double blood_pool = blood_pool_level(means, organs, boxes, finding);
  const double in_body = finding.air_share_of_blood_pool * blood_pool;
  std::vector<Tissue> tissues(rules.size() + 1, soft_tissue(0, 0, blood_pool, finding));
  base::parallel_for(run, rules.size(), 1, [&](std::size_t rule, std::size_t) {
    tissues[rule + 1] =
        judged(rules[rule], level_of(rules[rule], at, rule + 1, means, boxes, finding), blood_pool, finding);
  });
  LocalLevel local(means, at, in_body, run);
  std::vector<double> noise_of_slice = relative_noise(means, at, in_body);
  HostTissues host{std::move(tissues),
                   std::move(of_organ),
                   std::move(at),
                   blood_pool,
                   std::move(local),
                   std::move(noise_of_slice),
                   0,
                   finding};
  std::vector<double> known;
  for (const double noise : host.soft_noise)
    if (noise > 0) known.push_back(noise);
  host.usual_noise = known.empty() ? 0 : base::median_of(known);
  // A slice with too little tissue to tell has the usual noise.
  for (double& noise : host.soft_noise)
    if (noise <= 0) noise = host.usual_noise;
  return host;
}

}  // namespace netpet::lesions
