#include "pipeline/lesion_entries.h"

#include <algorithm>
#include <utility>

#include "lesions/normal_spots.h"
#include "lesions/phenotypes.h"

namespace netpet::pipeline {
namespace {

using record::Role;
using Scan = std::optional<ScanWork>;

std::vector<lesions::PairedLesion> paired(const Placing& placing) {
  const std::vector<lesions::Outline> none;
  const space::Geometry nowhere;
  return lesions::pair_lesions(placing.sstr ? placing.sstr->outlines : none,
                               placing.sstr ? placing.sstr->scan.suv.geometry() : nowhere,
                               placing.fdg ? placing.fdg->outlines : none,
                               placing.fdg ? placing.fdg->scan.suv.geometry() : nowhere, placing.sstr_to_fdg,
                               [&](space::PointLps place) { return placing.pairing_error_at(place); });
}

lesions::ScanOnGrid on_grid(const Scan& scan) {
  if (!scan) return {};
  return {&scan->scan.suv, &scan->organs, scan->organ_error_mm, scan->organ_confidence, &scan->spine_levels};
}

lesions::SpotsOnGrid spots_on_grid(const Scan& scan) {
  if (!scan) return {};
  return {on_grid(scan), scan->normal_spots};
}

bool from_mask(const lesions::PairedLesion& pair) {
  return (pair.sstr && pair.sstr->method == lesions::kSuppliedMask) ||
         (pair.fdg && pair.fdg->method == lesions::kSuppliedMask);
}

void split_phenotypes(std::vector<lesions::PairedLesion>& pairs, std::vector<lesions::Verdict>& verdicts,
                      const Placing& placing, const base::Resources& resources) {
  const lesions::AlignedScans scans{placing.sstr->scan.suv, placing.fdg->scan.suv,
                                    [&](space::PointLps p) { return placing.fdg_to_sstr(p); },
                                    [&](space::PointLps p) { return placing.sstr_to_fdg(p); },
                                    [&](space::PointLps p) { return placing.error_at(p); }};
  const auto may_split = [&](std::size_t n) {
    return verdicts[n].status != record::LesionStatus::physiologic && !from_mask(pairs[n]);
  };
  lesions::split_phenotypes(pairs, scans, may_split, lesions::lesion_rules(resources, Role::sstr).phenotypes);
  for (std::size_t n = verdicts.size(); n < pairs.size(); ++n) {
    verdicts.push_back(verdicts[*pairs[n].parent]);
    verdicts.back().reason = "FDG focus of another phenotype in a mass: " + verdicts.back().reason;
  }
}

/// The normal spots give way to lesions that a reader adds among them.
void make_room(std::vector<lesions::ListedSpot>& spots, const std::vector<AddedLesion>& all_added) {
  const auto take_out = [](std::optional<lesions::Outline>& spot,
                           const std::optional<lesions::Outline>& added) {
    if (!spot || !added) return;
    std::erase_if(spot->region, [&](std::size_t voxel) {
      return std::binary_search(added->region.begin(), added->region.end(), voxel);
    });
    if (spot->region.empty()) spot.reset();
  };
  for (const AddedLesion& added : all_added)
    for (lesions::ListedSpot& spot : spots) {
      take_out(spot.outlines.sstr, added.outlines.sstr);
      take_out(spot.outlines.fdg, added.outlines.fdg);
    }
  std::erase_if(spots,
                [](const lesions::ListedSpot& spot) { return !spot.outlines.sstr && !spot.outlines.fdg; });
}

}  // namespace

bool LesionEntry::is_supplied() const {
  return from_mask(outlines);
}

std::vector<LesionEntry> lesion_entries(const Placing& placing, const record::Review* review,
                                        const base::Resources& resources, const base::Run& run) {
  auto pairs = paired(placing);
  auto verdicts =
      lesions::classify_lesions(pairs, on_grid(placing.sstr), on_grid(placing.fdg), resources, run);
  if (placing.sstr && placing.fdg) split_phenotypes(pairs, verdicts, placing, resources);
  auto spots = lesions::list_normal_spots(
      spots_on_grid(placing.sstr), spots_on_grid(placing.fdg), pairs, placing.sstr_to_fdg,
      [&](space::PointLps place) { return placing.pairing_error_at(place); }, resources);
  std::vector<AddedLesion> added;
  if (review)
    added = base::within("adding the review's lesions", [&] {
      return added_lesions(*review, {placing.sstr, placing.fdg, placing.sstr_to_fdg}, pairs, resources, run);
    });
  make_room(spots, added);
  std::vector<LesionEntry> entries;
  for (std::size_t n = 0; n < pairs.size(); ++n)
    entries.push_back({std::move(pairs[n]), std::move(verdicts[n]), {}});
  for (auto& spot : spots) entries.push_back({std::move(spot.outlines), std::move(spot.verdict), {}});
  for (auto& one : added) entries.push_back({one.outlines, one.verdict, std::move(one)});
  return entries;
}

}  // namespace netpet::pipeline
