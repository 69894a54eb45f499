#include "lesions/outline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <queue>

#include "base/error.h"
#include "image/sphere.h"
#include "lesions/gradient_watershed.h"
#include "lesions/host_tissue.h"
#include "lesions/outline_threshold.h"

namespace netpet::lesions {

namespace {

constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

/// Level of each organ by itself, for keeping an outline out of a neighbour that is as hot.
std::map<std::uint16_t, float> levels_of_organs(const image::PetVolume& suv, const image::LabelMap& organs) {
  std::map<std::uint16_t, std::vector<float>> values;
  std::vector<float>* of_organ = nullptr;  // of the voxel before: neighbours mostly have the same
  std::uint16_t before = 0;
  for (std::size_t voxel = 0; voxel < suv.voxels().size(); ++voxel) {
    const std::uint16_t organ = organs[voxel];
    if (organ == 0) continue;
    if (organ != before) of_organ = &values[before = organ];
    of_organ->push_back(suv[voxel]);
  }
  std::map<std::uint16_t, float> levels;
  for (auto& [organ, of_one] : values)
    levels[organ] = static_cast<float>(robust_level(std::move(of_one)).mean);
  return levels;
}

/// Grows all outlines at once from their hottest voxels, highest uptake first, so that two that touch meet in
/// the valley between them. A voxel goes to the outline that reaches it first, where it is above that
/// outline's threshold.
class Growth {
 public:
  Growth(const image::PetVolume& suv, const image::LabelMap& organs, const std::vector<Candidate>& candidates,
         const std::vector<OutlineThreshold>& thresholds, const std::map<std::uint16_t, float>& levels)
      : suv_(suv),
        organs_(organs),
        candidates_(candidates),
        thresholds_(thresholds),
        levels_(levels),
        one_ml_(image::sphere_on(suv.geometry(), image::kOneMlRadiusMm)),
        owner_(suv.voxels().size(), kNobody) {}

  std::vector<image::Region> run() {
    for (std::uint32_t one = 0; one < candidates_.size(); ++one)
      claim(suv_.geometry().offset(candidates_[one].hottest), one);
    while (!queue_.empty()) {
      const Front front = queue_.top();
      queue_.pop();
      const space::IndexIjk at = suv_.geometry().index(front.voxel);
      for (int dk = -1; dk <= 1; ++dk)
        for (int dj = -1; dj <= 1; ++dj)
          for (int di = -1; di <= 1; ++di) {
            const space::IndexIjk to{at.i + di, at.j + dj, at.k + dk};
            if (!suv_.geometry().contains(to)) continue;
            const std::size_t voxel = suv_.geometry().offset(to);
            if (owner_[voxel] == kNobody && may_hold(front.owner, voxel)) claim(voxel, front.owner);
          }
    }
    for (image::Region& region : regions_) std::sort(region.begin(), region.end());
    return std::move(regions_);
  }

 private:
  struct Front {
    float suv;
    std::size_t voxel;
    std::uint32_t owner;
    bool operator<(const Front& other) const {
      return suv != other.suv ? suv < other.suv : voxel > other.voxel;
    }
  };

  void claim(std::size_t voxel, std::uint32_t owner) {
    regions_.resize(candidates_.size());
    owner_[voxel] = owner;
    regions_[owner].push_back(voxel);
    queue_.push({suv_[voxel], voxel, owner});
  }

  bool may_hold(std::uint32_t owner, std::size_t voxel) const {
    const float threshold = thresholds_[owner].suv;
    if (suv_[voxel] < threshold) return false;
    if (!stands_out(owner, voxel)) return false;
    if (thresholds_[owner].set_by == OutlineThreshold::SetBy::noise && mean_at(voxel) < threshold)
      return false;
    const std::uint16_t organ = organs_[voxel];
    return organ == 0 || organ == candidates_[owner].organ || levels_.at(organ) < threshold;
  }

  /// Of 1 cm³. By the noise alone some voxels of the background lie above mean + 2 SD and would hang on as
  /// strands; such a mean does not.
  double mean_at(std::size_t voxel) const {
    return image::sphere_mean(suv_, one_ml_, suv_.geometry().index(voxel));
  }

  /// What does not stand out with the hot spot, to within a voxel, is no part of it, however low the
  /// threshold of a faint one lies.
  bool stands_out(std::uint32_t owner, std::size_t voxel) const {
    const image::Region& region = candidates_[owner].region;
    const auto holds = [&](std::size_t one) { return std::binary_search(region.begin(), region.end(), one); };
    if (holds(voxel)) return true;
    const space::IndexIjk at = suv_.geometry().index(voxel);
    for (int dk = -1; dk <= 1; ++dk)
      for (int dj = -1; dj <= 1; ++dj)
        for (int di = -1; di <= 1; ++di) {
          const space::IndexIjk to{at.i + di, at.j + dj, at.k + dk};
          if (suv_.geometry().contains(to) && holds(suv_.geometry().offset(to))) return true;
        }
    return false;
  }

  const image::PetVolume& suv_;
  const image::LabelMap& organs_;
  const std::vector<Candidate>& candidates_;
  const std::vector<OutlineThreshold>& thresholds_;
  const std::map<std::uint16_t, float>& levels_;
  image::Sphere one_ml_;
  std::vector<std::uint32_t> owner_;
  std::priority_queue<Front> queue_;
  std::vector<image::Region> regions_;
};

/// Of the sphere of the same volume.
double sphere_diameter_mm(const image::Region& region, const space::Geometry& grid) {
  const double volume_mm3 = 1000 * static_cast<double>(region.size()) * grid.voxel_volume_ml();
  return std::cbrt(6 / std::numbers::pi * volume_mm3);
}

float least_suv(const image::PetVolume& suv, const image::Region& region) {
  float least = std::numeric_limits<float>::max();
  for (const std::size_t voxel : region) least = std::min(least, suv[voxel]);
  return least;
}

}  // namespace

std::vector<Outline> outline_lesions(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                                     const std::vector<Candidate>& candidates,
                                     const record::References& references, record::Role role,
                                     const base::Resources& resources, const base::Run& run) {
  return outline_lesions(suv, organs_on_suv_grid, candidates, references,
                         lesion_rules(resources, role).outline, run);
}

std::vector<Outline> outline_lesions(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                                     const std::vector<Candidate>& candidates,
                                     const record::References& references, const OutlineRules& rules,
                                     const base::Run& run) {
  run.throw_if_stopped();
  if (candidates.empty()) return {};
  return Outliner(suv, organs_on_suv_grid, candidates, references).by(rules);
}

Outliner::Outliner(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                   const std::vector<Candidate>& candidates, const record::References& references)
    : suv_(suv), organs_(organs_on_suv_grid), candidates_(candidates), references_(references) {
  base::check(organs_on_suv_grid.voxels().size() == suv.voxels().size(),
              "the organs lie on another grid than the SUV");
  levels_ = levels_of_organs(suv_, organs_);
}

std::vector<Outline> Outliner::by(const OutlineRules& rules) const {
  std::vector<OutlineThreshold> thresholds;
  thresholds.reserve(candidates_.size());
  for (const Candidate& candidate : candidates_)
    thresholds.push_back(outline_threshold(suv_, candidate, references_, rules));
  std::vector<image::Region> regions = Growth(suv_, organs_, candidates_, thresholds, levels_).run();
  if (rules.method.kind == OutlineMethod::Kind::contrast_oriented) {
    for (std::size_t one = 0; one < candidates_.size(); ++one)
      thresholds[one] = outline_threshold(suv_, candidates_[one], references_, rules,
                                          sphere_diameter_mm(regions[one], suv_.geometry()));
    regions = Growth(suv_, organs_, candidates_, thresholds, levels_).run();
  }
  std::vector<Outline> outlines;
  for (std::size_t one = 0; one < candidates_.size(); ++one) {
    const Candidate& candidate = candidates_[one];
    if (rules.method.kind == OutlineMethod::Kind::gradient_watershed) {
      regions[one] = inside_steepest_slope(
          suv_, regions[one], {candidate.hottest, double(thresholds[one].background), rules.method.share});
      thresholds[one].suv = least_suv(suv_, regions[one]);
      thresholds[one].method = rules.method.name;
    }
    outlines.push_back({std::move(regions[one]), candidate.hottest, candidate.suvmax, candidate.organ,
                        thresholds[one].background, thresholds[one].limit, thresholds[one].suv,
                        thresholds[one].method, candidate.faint});
  }
  return outlines;
}

std::vector<Outline> outlines_of_regions(const image::PetVolume& suv,
                                         const image::LabelMap& organs_on_suv_grid,
                                         std::vector<image::Region> regions) {
  std::vector<Outline> outlines;
  for (image::Region& region : regions) {
    base::check(!region.empty(), "an outline holds a voxel");
    const std::size_t hottest = *std::max_element(
        region.begin(), region.end(), [&](std::size_t a, std::size_t b) { return suv[a] < suv[b]; });
    Outline outline;
    outline.hottest = suv.geometry().index(hottest);
    outline.suvmax = suv[hottest];
    outline.organ = organs_on_suv_grid[hottest];
    outline.method = kSuppliedMask;
    outline.region = std::move(region);
    outlines.push_back(std::move(outline));
  }
  return outlines;
}

}  // namespace netpet::lesions
