#include "lesions/organ_regions.h"

#include <algorithm>
#include <cmath>

#include "base/robust.h"
#include "image/mask.h"
#include "image/sphere.h"
#include "lesions/region_places.h"

namespace netpet::lesions {
namespace {

using record::id_of;
using record::Organ;
using space::PointLps;

struct Focus {
  PointLps at;
  float suv = 0;
};

/// Calls use(index, point) for the voxels of `grid` that a place holds.
template <class Use>
void for_each_in(const RegionPlace& place, const space::Geometry& grid, Use&& use) {
  const image::Box box = image::box_between(grid, place.low, place.high);
  for (int k = box.first[2]; k <= box.last[2]; ++k)
    for (int j = box.first[1]; j <= box.last[1]; ++j)
      for (int i = box.first[0]; i <= box.last[0]; ++i)
        if (const PointLps at = grid.to_lps(space::IndexIjk{i, j, k}); place.holds(at))
          use(space::IndexIjk{i, j, k}, at);
}

class RegionSearch {
 public:
  RegionSearch(const RegionSources& sources, const RegionRules& rules) : sources_(sources), rules_(rules) {}

  /// The region's voxels, and whether a focus narrowed it; nothing where there is too little of it.
  struct Found {
    image::Region voxels;
    bool by_focus = false;
  };
  Found find(const RegionPlace& place) const {
    const std::vector<Focus> foci = foci_in(place);
    Found found{{}, !foci.empty()};
    if (foci.empty() && (place.needs_focus == NeedsFocus::yes || !sources_.ct)) return found;
    for_each_in(place, sources_.organs.geometry(), [&](space::IndexIjk index, PointLps at) {
      if (!is_free(index) || (place.needs_focus == NeedsFocus::no && !is_soft(at))) return;
      if (!foci.empty() && !belongs_to_any(foci, place.focus_reach_mm, at)) return;
      found.voxels.push_back(sources_.organs.geometry().offset(index));
    });
    const double ml = static_cast<double>(found.voxels.size()) * sources_.organs.geometry().voxel_volume_ml();
    if (ml < rules_.least_ml) found.voxels.clear();
    return found;
  }

  double confidence_of(const RegionPlace& place, const Found& found) const {
    double least = 1;
    for (const Organ organ : place.landmarks)
      if (const auto sure = sources_.confidence.find(id_of(organ)); sure != sources_.confidence.end())
        least = std::min(least, sure->second);
    return least * (found.by_focus ? rules_.focus_confidence : rules_.place_confidence);
  }

 private:
  bool is_free(space::IndexIjk at) const {
    const std::uint16_t organ = sources_.organs(at);
    return organ == 0 || organ == id_of(Organ::gut);
  }

  /// By the mean of a few voxels, for one alone is noise.
  bool is_soft(PointLps at) const {
    if (!sources_.ct) return true;
    constexpr double kAway = 2;
    constexpr double kSteps[7][3] = {{0, 0, 0},      {kAway, 0, 0}, {-kAway, 0, 0}, {0, kAway, 0},
                                     {0, -kAway, 0}, {0, 0, kAway}, {0, 0, -kAway}};
    double sum = 0;
    int count = 0;
    for (const auto& step : kSteps) {
      const space::IndexIjk index =
          sources_.ct->geometry().nearest(at + space::Vec3{step[0], step[1], step[2]});
      if (sources_.ct->geometry().contains(index)) sum += (*sources_.ct)(index), ++count;
    }
    return count > 0 && sum >= rules_.least_hu * count && sum <= rules_.most_hu * count;
  }

  /// On SSTR: the hottest maxima of a place that are highest far enough around, whatever lies there.
  std::vector<Focus> foci_in(const RegionPlace& place) const {
    if (!sources_.suv || sources_.role != record::Role::sstr || place.most_foci == 0) return {};
    const image::PetVolume& suv = *sources_.suv;
    const image::Sphere around = image::sphere_on(suv.geometry(), rules_.apart_mm);
    std::vector<float> all;
    std::vector<Focus> foci;
    for_each_in(place, suv.geometry(), [&](space::IndexIjk index, PointLps at) {
      const space::IndexIjk on_map = sources_.organs.geometry().nearest(at);
      if (!sources_.organs.geometry().contains(on_map) || !is_free(on_map)) return;
      const float value = suv(index);
      all.push_back(value);
      for (const std::size_t voxel : image::voxels_of(around, suv.geometry(), index))
        if (suv[voxel] > value) return;
      foci.push_back({at, value});
    });
    if (all.empty()) return {};
    const double least = rules_.contrast * base::median_of(all);
    std::erase_if(foci, [least](const Focus& focus) { return focus.suv < least; });
    std::stable_sort(foci.begin(), foci.end(), [](const Focus& a, const Focus& b) { return a.suv > b.suv; });
    if (foci.size() > place.most_foci) foci.resize(place.most_foci);
    return foci;
  }

  bool belongs_to_any(const std::vector<Focus>& foci, double reach_mm, PointLps at) const {
    const space::IndexIjk index = sources_.suv->geometry().nearest(at);
    if (!sources_.suv->geometry().contains(index)) return false;
    const float value = (*sources_.suv)(index);
    return std::any_of(foci.begin(), foci.end(), [&](const Focus& focus) {
      return value >= rules_.share * focus.suv && space::distance(at, focus.at) < reach_mm;
    });
  }

  const RegionSources& sources_;
  const RegionRules& rules_;
};

}  // namespace

OrganRegions find_organ_regions(const RegionSources& sources, const base::Resources& resources,
                                const base::Run& run) {
  const RegionRules rules = region_rules(resources);
  const Landmarks marks(sources.organs, MapKind::automatic, verdict_rules(resources));
  const RegionSearch search(sources, rules);
  OrganRegions regions{image::LabelMap(sources.organs.geometry()), {}, {}};
  for (const RegionPlace& place : region_places(marks, sources.organs, rules)) {
    run.throw_if_stopped();
    const auto found = search.find(place);
    if (found.voxels.empty()) continue;
    for (const std::size_t voxel : found.voxels) regions.labels[voxel] = id_of(place.region);
    regions.confidence[id_of(place.region)] = search.confidence_of(place, found);
  }
  for (std::uint16_t id = id_of(Organ::adrenal_region_right); record::is_region(id); ++id)
    if (!regions.confidence.contains(id)) regions.not_found.push_back(static_cast<Organ>(id));
  return regions;
}

image::LabelMap with_regions(image::LabelMap organs, const image::LabelMap& regions) {
  for (std::size_t voxel = 0; voxel < regions.voxels().size(); ++voxel)
    if (regions[voxel] != 0 && (organs[voxel] == 0 || organs[voxel] == id_of(Organ::gut)))
      organs[voxel] = regions[voxel];
  return organs;
}

}  // namespace netpet::lesions
