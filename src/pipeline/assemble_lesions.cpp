#include "pipeline/assemble_lesions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "dicom/write_study.h"
#include "image/diameter.h"
#include "lesions/classify.h"
#include "lesions/lesion_list.h"
#include "lesions/normal_spots.h"
#include "lesions/outline_flags.h"
#include "lesions/pair.h"
#include "measure/uptake.h"
#include "pipeline/added_lesions.h"
#include "registration/rigid.h"

namespace netpet::pipeline {
namespace {

using record::Lesion;
using record::Role;
using Scan = std::optional<ScanWork>;

/// However well the CTs lie on each other: a PET is breathed through and its CT is not (rules N13).
constexpr double least_pairing_error_mm = 5;

struct Placing {
  const Scan& sstr;
  const Scan& fdg;
  space::Transform sstr_to_fdg;
  double error_mm = 0;
};

std::vector<lesions::PairedLesion> paired(const Placing& placing) {
  const std::vector<lesions::Outline> none;
  const space::Geometry nowhere;
  return lesions::pair_lesions(
      placing.sstr ? placing.sstr->outlines : none,
      placing.sstr ? placing.sstr->scan.suv.geometry() : nowhere, placing.fdg ? placing.fdg->outlines : none,
      placing.fdg ? placing.fdg->scan.suv.geometry() : nowhere, placing.sstr_to_fdg, placing.error_mm);
}

lesions::ScanOnGrid on_grid(const Scan& scan) {
  if (!scan) return {};
  return {&scan->scan.suv, &scan->organs, scan->organ_error_mm, scan->organ_confidence};
}

lesions::SpotsOnGrid spots_on_grid(const Scan& scan) {
  if (!scan) return {};
  return {on_grid(scan), scan->normal_spots};
}

/// The lesion on one tracer: in its own outline, or where the other tracer's outline lies.
std::optional<record::Uptake> uptake_on(const Scan& scan, const std::optional<lesions::Outline>& own,
                                        const std::optional<lesions::Outline>& other, const Scan& other_scan,
                                        const space::Transform& other_to_this, double error_mm) {
  if (!scan) return std::nullopt;
  const auto& references = scan->references.references;
  if (own) return measure::measure_uptake(scan->scan.suv, own->region, references);
  const space::Geometry& from = other_scan->scan.suv.geometry();
  const measure::CarriedLesion carried{
      lesions::transfer_region(other->region, from, scan->scan.suv.geometry(), other_to_this),
      other_to_this(from.to_lps(other->hottest)), error_mm};
  return measure::measure_in_place(scan->scan.suv, carried, references);
}

void set_centroids(const lesions::PairedLesion& pair, const Placing& placing, Lesion& lesion) {
  if (pair.sstr)
    lesion.centroid_lps_mm = lesions::centroid_of(pair.sstr->region, placing.sstr->scan.suv.geometry());
  if (pair.fdg)
    lesion.centroid_fdg_lps_mm = lesions::centroid_of(pair.fdg->region, placing.fdg->scan.suv.geometry());
  if (!lesion.centroid_lps_mm)
    lesion.centroid_lps_mm = placing.sstr_to_fdg.inverted()(*lesion.centroid_fdg_lps_mm);
  if (!lesion.centroid_fdg_lps_mm && placing.fdg)
    lesion.centroid_fdg_lps_mm = placing.sstr_to_fdg(*lesion.centroid_lps_mm);
}

/// Size and volume from the larger of the two outlines.
void set_size(const lesions::PairedLesion& pair, const Placing& placing,
              const lesions::OutlineFlagRules& flag_rules, Lesion& lesion) {
  const auto volume = [](const Scan& scan, const std::optional<lesions::Outline>& outline) {
    return outline ? static_cast<double>(outline->region.size()) * scan->scan.suv.geometry().voxel_volume_ml()
                   : 0.0;
  };
  const double sstr_ml = volume(placing.sstr, pair.sstr), fdg_ml = volume(placing.fdg, pair.fdg);
  const bool by_sstr = sstr_ml >= fdg_ml;
  const Scan& scan = by_sstr ? placing.sstr : placing.fdg;
  lesion.size_mm =
      image::longest_diameter_mm(scan->scan.suv.geometry(), (by_sstr ? pair.sstr : pair.fdg)->region);
  lesion.size_source = record::SizeSource::pet;
  lesion.volume_ml = by_sstr ? sstr_ml : fdg_ml;
  lesion.outline_flags =
      lesions::outline_flags((by_sstr ? pair.sstr : pair.fdg)->region, scan->scan.suv.geometry(), flag_rules);
}

/// What one lesion is made of.
struct Entry {
  lesions::PairedLesion outlines;
  lesions::Verdict verdict;
  std::optional<AddedLesion> added;
};

/// A lesion that is a place without an outline: disease on CT, or what does not stand out.
void measure_ball(const AddedLesion& added, const Placing& placing, Lesion& lesion) {
  lesion.centroid_lps_mm = added.at;
  if (placing.fdg) lesion.centroid_fdg_lps_mm = placing.sstr_to_fdg(added.at);
  lesion.volume_ml = base::NotComputable{"the lesion has no outline"};
  const auto uptake = [&](const Scan& scan, space::PointLps at) -> std::optional<record::Uptake> {
    if (!scan) return std::nullopt;
    const measure::CarriedLesion place{ball_on(scan->scan.suv.geometry(), at, added.radius_mm), at,
                                       lesion.registration_error_mm.value_or(placing.error_mm)};
    return measure::measure_in_place(scan->scan.suv, place, scan->references.references);
  };
  lesion.sstr = uptake(placing.sstr, added.at);
  lesion.fdg = uptake(placing.fdg, placing.sstr ? placing.sstr_to_fdg(added.at) : added.at);
}

void take_over_word(const AddedLesion& added, const std::string& reader, Lesion& lesion) {
  lesion.status_by = reader;
  if (!added.word.size_mm) return;
  lesion.size_mm = *added.word.size_mm;
  lesion.size_source =
      added.word.added_on == record::LesionSource::ct ? record::SizeSource::ct : record::SizeSource::reader;
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

std::vector<Entry> entries_of(const Placing& placing, const record::Review* review,
                              const base::Resources& resources, const base::Run& run) {
  const auto pairs = paired(placing);
  const auto verdicts =
      lesions::classify_lesions(pairs, on_grid(placing.sstr), on_grid(placing.fdg), resources, run);
  auto spots = lesions::list_normal_spots(spots_on_grid(placing.sstr), spots_on_grid(placing.fdg), pairs,
                                          placing.sstr_to_fdg, placing.error_mm, resources);
  std::vector<AddedLesion> added;
  if (review)
    added = base::within("adding the review's lesions", [&] {
      return added_lesions(*review, {placing.sstr, placing.fdg, placing.sstr_to_fdg}, pairs, resources, run);
    });
  make_room(spots, added);
  std::vector<Entry> entries;
  for (std::size_t n = 0; n < pairs.size(); ++n) entries.push_back({pairs[n], verdicts[n], {}});
  for (auto& spot : spots) entries.push_back({std::move(spot.outlines), std::move(spot.verdict), {}});
  for (auto& one : added) entries.push_back({one.outlines, one.verdict, std::move(one)});
  return entries;
}

/// The same lesion of the same series keeps its UID in every run.
std::string tracking_uid(const Placing& placing, const Lesion& lesion) {
  std::string seed = "lesion";
  for (const Scan* scan : {&placing.sstr, &placing.fdg})
    if (*scan) seed += "|" + (*scan)->scan.record.series_uid;
  const space::PointLps at = *lesion.centroid_lps_mm;
  return dicom::uid_of_seed(fmt::format("{}|{:.0f}|{:.0f}|{:.0f}", seed, at.x, at.y, at.z));
}

bool is_supplied(const lesions::PairedLesion& pair) {
  return (pair.sstr && pair.sstr->method == lesions::kSuppliedMask) ||
         (pair.fdg && pair.fdg->method == lesions::kSuppliedMask);
}

/// Who outlined it as a lesion has decided that it is one.
void mark_supplied(Lesion& lesion) {
  lesion.status = record::LesionStatus::pathologic;
  lesion.status_reason = "outlined in the supplied mask";
  lesion.status_by = "mask";
  lesion.status_confidence = 1;
}

void paint(image::LabelMap& labels, const std::optional<lesions::Outline>& outline, std::size_t number) {
  if (!outline) return;
  base::check(number <= 65535, "more lesions than a label map can number");
  for (const std::size_t voxel : outline->region) labels[voxel] = static_cast<std::uint16_t>(number);
}

}  // namespace

AssembledLesions assemble_lesions(const Scan& sstr, const Scan& fdg,
                                  const std::optional<record::Registration>& registration,
                                  const record::Review* review, const base::Resources& resources,
                                  const base::Run& run) {
  Placing placing{sstr, fdg, {}, lesions::kUnknownRegistrationErrorMm};
  if (registration) {
    placing.sstr_to_fdg = registration->fixed_to_moving;
    placing.error_mm = std::max(least_pairing_error_mm,
                                registration->error_mm.value_or(lesions::kUnknownRegistrationErrorMm));
  }
  run.stage("lesions: pairs, lesion or physiologic, measurement");
  const std::vector<Entry> entries = entries_of(placing, review, resources, run);
  const space::Transform fdg_to_sstr = placing.sstr_to_fdg.inverted();

  const auto flag_rules = lesions::lesion_rules(resources, Role::sstr).outline_flags;
  AssembledLesions result;
  for (const auto& [pair, verdict, added] : entries) {
    Lesion lesion;
    lesion.status = verdict.status;
    lesion.status_reason = verdict.reason;
    lesion.status_confidence = verdict.confidence;
    if (is_supplied(pair)) mark_supplied(lesion);
    lesion.site = verdict.site;
    lesion.location = verdict.location;
    const bool has_outline = pair.sstr || pair.fdg;
    if (has_outline) {
      set_centroids(pair, placing, lesion);
      set_size(pair, placing, flag_rules, lesion);
    }
    if (registration)
      lesion.registration_error_mm =
          registration::error_at(*registration, has_outline ? *lesion.centroid_lps_mm : added->at);
    lesion.counterpart_within_error = !pair.touches.empty() && !(pair.sstr && pair.fdg);
    const double error_mm = lesion.registration_error_mm.value_or(placing.error_mm);
    if (has_outline) {
      lesion.sstr = uptake_on(sstr, pair.sstr, pair.fdg, fdg, fdg_to_sstr, error_mm);
      lesion.fdg = uptake_on(fdg, pair.fdg, pair.sstr, sstr, placing.sstr_to_fdg, error_mm);
    } else {
      measure_ball(*added, placing, lesion);
    }
    if (added) take_over_word(*added, review->reader, lesion);
    lesion.tracking_uid = tracking_uid(placing, lesion);
    result.lesions.push_back(std::move(lesion));
  }

  const auto origin = lesions::number_lesions(result.lesions);
  if (sstr) result.sstr_labels = image::LabelMap(sstr->scan.suv.geometry());
  if (fdg) result.fdg_labels = image::LabelMap(fdg->scan.suv.geometry());
  for (std::size_t n = 0; n < origin.size(); ++n) {
    paint(result.sstr_labels, entries[origin[n]].outlines.sstr, n + 1);
    paint(result.fdg_labels, entries[origin[n]].outlines.fdg, n + 1);
  }
  return result;
}

}  // namespace netpet::pipeline
