#include "lesions/normal_spots.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "base/error.h"
#include "lesions/site.h"

namespace netpet::lesions {

namespace {

/// The spot that an outline belongs to.
const OutlinedSpot& spot_of(const SpotsOnGrid& on, const Outline& outline) {
  const auto found = std::find_if(on.spots.begin(), on.spots.end(), [&](const OutlinedSpot& spot) {
    return spot.outline.hottest == outline.hottest;
  });
  base::check(found != on.spots.end(), "an outline of no spot");
  return *found;
}

std::string reason_of(const OutlinedSpot& spot, record::Role role) {
  return fmt::format("{}: mean of 1 cm3 {:.1f} in or beside {}, where up to {:.1f} is normal",
                     record::label_of(role), spot.peak, spot.tissue, spot.up_to_suv);
}

std::set<std::size_t> voxels_of(const std::vector<PairedLesion>& lesions,
                                std::optional<Outline> PairedLesion::*tracer) {
  std::set<std::size_t> voxels;
  for (const PairedLesion& lesion : lesions)
    if (const auto& outline = lesion.*tracer) voxels.insert(outline->region.begin(), outline->region.end());
  return voxels;
}

bool touches(const image::Region& region, const std::set<std::size_t>& voxels) {
  return std::any_of(region.begin(), region.end(), [&](std::size_t voxel) { return voxels.contains(voxel); });
}

std::optional<Sites> sites_on(const ScanOnGrid& scan) {
  if (!scan.suv) return std::nullopt;
  const space::Vec3 spacing = scan.suv->geometry().spacing;
  return Sites(*scan.organs, std::max(scan.organ_error_mm, std::max({spacing.x, spacing.y, spacing.z})),
               scan.spine_levels);
}

/// The sites of each scan that is there.
struct BothSites {
  std::optional<Sites> sstr, fdg;
};

/// A listed spot and the tissue that explains it.
struct Judged {
  std::string tissue;
  Verdict verdict;
};

Judged judge(const PairedLesion& pair, const SpotsOnGrid& sstr, const SpotsOnGrid& fdg,
             const BothSites& sites, const NormalSpotRule& rule) {
  Judged judged;
  judged.verdict.status = record::LesionStatus::physiologic;
  judged.verdict.confidence = rule.confidence;
  Site site;
  if (pair.fdg) {
    const OutlinedSpot& spot = spot_of(fdg, *pair.fdg);
    judged.tissue = spot.tissue;
    judged.verdict.reason = reason_of(spot, record::Role::fdg);
    site = sites.fdg->of(*pair.fdg);
  }
  if (pair.sstr) {
    const OutlinedSpot& spot = spot_of(sstr, *pair.sstr);
    judged.tissue = spot.tissue;
    judged.verdict.reason =
        reason_of(spot, record::Role::sstr) + (pair.fdg ? "; " + judged.verdict.reason : "");
    site = sites.sstr->of(*pair.sstr);
  }
  judged.verdict.site = site.name;
  judged.verdict.location = site.location;
  return judged;
}

float hotter_of(const PairedLesion& pair) {
  return std::max(pair.sstr ? pair.sstr->suvmax : 0.0F, pair.fdg ? pair.fdg->suvmax : 0.0F);
}

void join(std::optional<Outline>& into, const std::optional<Outline>& more) {
  if (!more) return;
  if (!into) {
    into = more;
    return;
  }
  image::Region all;
  std::set_union(into->region.begin(), into->region.end(), more->region.begin(), more->region.end(),
                 std::back_inserter(all));
  into->region = std::move(all);
}

/// Spots of one tissue, hottest first: beyond `most` they become one entry.
void join_fainter(std::vector<ListedSpot>& spots, std::size_t most) {
  std::stable_sort(spots.begin(), spots.end(), [](const ListedSpot& a, const ListedSpot& b) {
    return hotter_of(a.outlines) > hotter_of(b.outlines);
  });
  if (spots.size() <= most + 1) return;
  ListedSpot& rest = spots[most];
  for (std::size_t n = most + 1; n < spots.size(); ++n) {
    join(rest.outlines.sstr, spots[n].outlines.sstr);
    join(rest.outlines.fdg, spots[n].outlines.fdg);
  }
  rest.verdict.reason =
      fmt::format("{} fainter spots, the hottest of them: {}", spots.size() - most, rest.verdict.reason);
  spots.resize(most + 1);
}

}  // namespace

std::vector<OutlinedSpot> outline_normal_spots(const image::PetVolume& suv, const image::LabelMap& organs,
                                               const std::vector<NormalSpot>& spots,
                                               const std::vector<Outline>& lesions,
                                               const record::References& references, record::Role role,
                                               const base::Resources& resources, const base::Run& run) {
  std::vector<Candidate> candidates;
  candidates.reserve(spots.size());
  for (const NormalSpot& spot : spots) candidates.push_back(spot.spot);
  std::vector<Outline> outlines = outline_lesions(suv, organs, candidates, references, role, resources, run);
  std::set<std::size_t> taken;
  for (const Outline& lesion : lesions) taken.insert(lesion.region.begin(), lesion.region.end());
  std::vector<OutlinedSpot> result;
  for (std::size_t n = 0; n < spots.size(); ++n) {
    Outline& outline = outlines[n];
    const std::size_t all = outline.region.size();
    std::erase_if(outline.region, [&](std::size_t voxel) { return taken.contains(voxel); });
    if (2 * outline.region.size() <= all || taken.contains(suv.geometry().offset(outline.hottest))) continue;
    result.push_back(
        {std::move(outline), spots[n].tissue.name, double(spots[n].spot.peak), spots[n].tissue.up_to_suv});
  }
  return result;
}

std::vector<ListedSpot> list_normal_spots(const SpotsOnGrid& sstr, const SpotsOnGrid& fdg,
                                          const std::vector<PairedLesion>& lesions,
                                          const space::Transform& sstr_to_fdg, const ErrorAt& error_at,
                                          const base::Resources& resources) {
  const NormalSpotRule rule = verdict_rules(resources).normal_spot;
  const std::set<std::size_t> lesions_sstr = voxels_of(lesions, &PairedLesion::sstr);
  const std::set<std::size_t> lesions_fdg = voxels_of(lesions, &PairedLesion::fdg);
  const auto grid_of = [](const SpotsOnGrid& on) {
    return on.scan.suv ? on.scan.suv->geometry() : space::Geometry();
  };
  const space::Geometry sstr_grid = grid_of(sstr), fdg_grid = grid_of(fdg);
  std::vector<Outline> on_sstr, on_fdg;
  for (const OutlinedSpot& spot : sstr.spots)
    if (!fdg.scan.suv ||
        !touches(transfer_region(spot.outline.region, sstr_grid, fdg_grid, sstr_to_fdg), lesions_fdg))
      on_sstr.push_back(spot.outline);
  const space::Transform fdg_to_sstr = sstr_to_fdg.inverted();
  for (const OutlinedSpot& spot : fdg.spots)
    if (!sstr.scan.suv ||
        !touches(transfer_region(spot.outline.region, fdg_grid, sstr_grid, fdg_to_sstr), lesions_sstr))
      on_fdg.push_back(spot.outline);

  const BothSites sites{sites_on(sstr.scan), sites_on(fdg.scan)};
  std::map<std::string, std::vector<ListedSpot>> by_tissue;
  for (PairedLesion& pair : pair_lesions(on_sstr, sstr_grid, on_fdg, fdg_grid, sstr_to_fdg, error_at)) {
    pair.touches.clear();
    Judged judged = judge(pair, sstr, fdg, sites, rule);
    by_tissue[judged.tissue].push_back({std::move(pair), std::move(judged.verdict)});
  }
  std::vector<ListedSpot> listed;
  for (auto& [tissue, spots] : by_tissue) {
    join_fainter(spots, rule.most_listed);
    std::move(spots.begin(), spots.end(), std::back_inserter(listed));
  }
  return listed;
}

}  // namespace netpet::lesions
