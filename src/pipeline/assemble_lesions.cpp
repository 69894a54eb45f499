#include "pipeline/assemble_lesions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "dicom/write_study.h"
#include "image/diameter.h"
#include "lesions/lesion_list.h"
#include "lesions/outline_flags.h"
#include "pipeline/lesion_entries.h"
#include "pipeline/lesion_uptake.h"
#include "pipeline/placing.h"

namespace netpet::pipeline {
namespace {

using record::Lesion;
using record::Role;

void set_centroids(const LesionEntry& entry, const Placing& placing, Lesion& lesion) {
  const auto& [sstr, fdg] = std::tie(entry.outlines.sstr, entry.outlines.fdg);
  if (sstr) lesion.centroid_lps_mm = lesions::centroid_of(sstr->region, placing.sstr->scan.suv.geometry());
  if (fdg) lesion.centroid_fdg_lps_mm = lesions::centroid_of(fdg->region, placing.fdg->scan.suv.geometry());
  if (!entry.has_outline()) lesion.centroid_lps_mm = entry.added->at;
  if (!lesion.centroid_lps_mm) lesion.centroid_lps_mm = placing.fdg_to_sstr(*lesion.centroid_fdg_lps_mm);
  if (!lesion.centroid_fdg_lps_mm && placing.fdg)
    lesion.centroid_fdg_lps_mm = placing.sstr_to_fdg(*lesion.centroid_lps_mm);
}

double millilitres(const std::optional<ScanWork>& work, const std::optional<lesions::Outline>& outline) {
  return outline ? static_cast<double>(outline->region.size()) * work->scan.suv.geometry().voxel_volume_ml()
                 : 0.0;
}

/// The FDG foci of a mass, on the grid of one scan.
image::Region foci_on(Role role, std::size_t mass, const std::vector<LesionEntry>& entries,
                      const Placing& placing) {
  image::Region all;
  for (const LesionEntry& entry : entries) {
    if (entry.outlines.parent != mass || !entry.outlines.fdg) continue;
    const image::Region& focus = entry.outlines.fdg->region;
    const image::Region here =
        role == Role::fdg ? focus
                          : lesions::transfer_region(focus, placing.fdg->scan.suv.geometry(),
                                                     placing.sstr->scan.suv.geometry(), placing.fdg_to_sstr);
    image::Region both;
    std::set_union(all.begin(), all.end(), here.begin(), here.end(), std::back_inserter(both));
    all = std::move(both);
  }
  return all;
}

/// Size, volume and what the outline says of its numbers, from the larger of the two outlines.
void set_size(std::size_t n, const std::vector<LesionEntry>& entries, const Placing& placing,
              const lesions::OutlineFlagRules& rules, Lesion& lesion) {
  const lesions::PairedLesion& pair = entries[n].outlines;
  const double sstr_ml = millilitres(placing.sstr, pair.sstr), fdg_ml = millilitres(placing.fdg, pair.fdg);
  const Role larger = sstr_ml >= fdg_ml ? Role::sstr : Role::fdg;
  const image::Region& region = (larger == Role::sstr ? pair.sstr : pair.fdg)->region;
  const space::Geometry& grid = placing.on(larger)->scan.suv.geometry();
  lesion.size_mm = image::longest_diameter_mm(grid, region);
  lesion.size_source = record::SizeSource::pet;
  lesion.volume_ml = std::max(sstr_ml, fdg_ml);
  lesion.outline_flags = lesions::outline_flags(region, foci_on(larger, n, entries, placing), grid, rules);
}

/// The same lesion of the same series keeps its UID in every run.
std::string tracking_uid(const Placing& placing, const Lesion& lesion) {
  std::string seed = "lesion";
  for (const auto* scan : {&placing.sstr, &placing.fdg})
    if (*scan) seed += "|" + (*scan)->scan.series_uid;
  const space::PointLps at = *lesion.centroid_lps_mm;
  return dicom::uid_of_seed(fmt::format("{}|{:.0f}|{:.0f}|{:.0f}", seed, at.x, at.y, at.z));
}

void set_verdict(const LesionEntry& entry, Lesion& lesion) {
  lesion.status = entry.verdict.status;
  lesion.status_reason = entry.verdict.reason;
  lesion.status_confidence = entry.verdict.confidence;
  lesion.site = entry.verdict.site;
  lesion.location = entry.verdict.location;
  if (!entry.is_supplied()) return;
  // Who outlined it as a lesion has decided that it is one.
  lesion.status = record::LesionStatus::pathologic;
  lesion.status_reason = "outlined in the supplied mask";
  lesion.status_by = "mask";
  lesion.status_confidence = 1;
}

void take_over_word(const AddedLesion& added, const std::string& reader, Lesion& lesion) {
  lesion.status_by = reader;
  if (!added.word.size_mm) return;
  lesion.size_mm = *added.word.size_mm;
  lesion.size_source =
      added.word.added_on == record::LesionSource::ct ? record::SizeSource::ct : record::SizeSource::reader;
}

Lesion lesion_of(std::size_t n, const std::vector<LesionEntry>& entries, const Placing& placing,
                 const lesions::OutlineFlagRules& flag_rules) {
  const LesionEntry& entry = entries[n];
  const lesions::PairedLesion& pair = entry.outlines;
  Lesion lesion;
  lesion.id = fmt::format("{}", n);
  if (pair.parent) lesion.parent = fmt::format("{}", *pair.parent);
  set_verdict(entry, lesion);
  set_centroids(entry, placing, lesion);
  if (entry.has_outline())
    set_size(n, entries, placing, flag_rules, lesion);
  else
    lesion.volume_ml = base::NotComputable{"the lesion has no outline"};
  if (placing.registration) lesion.registration_error_mm = placing.error_at(*lesion.centroid_lps_mm);
  lesion.counterpart_within_error =
      pair.focus_middle ? pair.focus_depends_on_alignment : !pair.touches.empty() && !(pair.sstr && pair.fdg);
  measure_lesion(entry, placing, lesion.registration_error_mm.value_or(lesions::kUnknownRegistrationErrorMm),
                 lesion);
  lesion.tracking_uid = tracking_uid(placing, lesion);
  return lesion;
}

void paint(image::LabelMap& labels, const std::optional<lesions::Outline>& outline, std::size_t number) {
  if (!outline) return;
  base::check(number <= 65535, "more lesions than a label map can number");
  for (const std::size_t voxel : outline->region) labels[voxel] = static_cast<std::uint16_t>(number);
}

/// Lesions in the order in which they were found, each with what it is made of.
struct Described {
  std::vector<LesionEntry> entries;
  std::vector<Lesion> lesions;
};

Described describe(const Placing& placing, const record::Review* review, const base::Resources& resources,
                   const base::Run& run) {
  Described result{lesion_entries(placing, review, resources, run), {}};
  const auto flag_rules = lesions::lesion_rules(resources, Role::sstr).outline_flags;
  for (std::size_t n = 0; n < result.entries.size(); ++n) {
    result.lesions.push_back(lesion_of(n, result.entries, placing, flag_rules));
    const auto& added = result.entries[n].added;
    if (added) take_over_word(*added, review->reader, result.lesions.back());
  }
  return result;
}

/// A place of a review is one of the SSTR scan, and where that lies on FDG is not known.
void refuse_additions_on_fdg(const record::Review& review) {
  for (const record::LesionReview& word : review.lesions)
    if (word.added_on == record::LesionSource::fdg)
      throw base::Error::input(
          "review_scans_not_aligned",
          fmt::format("{} adds a lesion on FDG by a place of the SSTR study, and the two "
                      "scans could not be laid on each other: add it to a reading of the "
                      "FDG study alone",
                      word.place));
}

/// Two scans that could not be laid on each other: what each shows, unpaired. A lesion of FDG has no place on
/// the SSTR scan.
Described describe_apart(const std::optional<ScanWork>& sstr, const std::optional<ScanWork>& fdg,
                         const record::Review* review, const base::Resources& resources,
                         const base::Run& run) {
  const std::optional<ScanWork> no_scan;
  const std::optional<record::Registration> none;
  if (review) refuse_additions_on_fdg(*review);
  Described all = describe(Placing(sstr, no_scan, none), review, resources, run);
  Described on_fdg = describe(Placing(no_scan, fdg, none), nullptr, resources, run);
  for (Lesion& lesion : on_fdg.lesions) {
    lesion.id = "fdg " + lesion.id;
    lesion.centroid_fdg_lps_mm = std::exchange(lesion.centroid_lps_mm, std::nullopt);
    all.lesions.push_back(std::move(lesion));
  }
  std::move(on_fdg.entries.begin(), on_fdg.entries.end(), std::back_inserter(all.entries));
  return all;
}

}  // namespace

AssembledLesions assemble_lesions(const std::optional<ScanWork>& sstr, const std::optional<ScanWork>& fdg,
                                  const std::optional<record::Registration>& registration,
                                  const record::Review* review, const base::Resources& resources,
                                  const base::Run& run) {
  run.stage("lesions: pairs, lesion or physiologic, measurement");
  auto [entries, all_lesions] = sstr && fdg && !registration
                                    ? describe_apart(sstr, fdg, review, resources, run)
                                    : describe(Placing(sstr, fdg, registration), review, resources, run);
  AssembledLesions result;
  result.lesions = std::move(all_lesions);
  const auto origin = lesions::number_lesions(result.lesions);
  if (sstr) result.sstr_labels = image::LabelMap(sstr->scan.suv.geometry());
  if (fdg) result.fdg_labels = image::LabelMap(fdg->scan.suv.geometry());
  for (std::size_t n = 0; n < origin.size(); ++n) {
    paint(result.sstr_labels, entries[origin[n]].outlines.sstr, n + 1);
    paint(result.fdg_labels, entries[origin[n]].outlines.fdg, n + 1);
    result.outlines.push_back(std::move(entries[origin[n]].outlines));
    result.outlines.back().parent.reset();
    result.outlines.back().touches.clear();
  }
  return result;
}

}  // namespace netpet::pipeline
