#include "pipeline/added_lesions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "image/sphere.h"
#include "lesions/pointed_lesion.h"
#include "lesions/site.h"

namespace netpet::pipeline {
namespace {

using base::Error;
using record::LesionSource;
using record::Role;

const std::optional<ScanWork>& scan_of(const ScansOfReview& scans, Role role) {
  return role == Role::sstr ? scans.sstr : scans.fdg;
}

/// A place of the review in the patient space of a scan.
space::PointLps on_scan(const ScansOfReview& scans, Role role, space::PointLps at) {
  return role == Role::fdg && scans.sstr ? scans.sstr_to_fdg(at) : at;
}

bool holds(const std::optional<ScanWork>& scan, space::PointLps at) {
  return scan && scan->scan.suv.geometry().contains(scan->scan.suv.geometry().nearest(at));
}

void refuse_impossible(const record::LesionReview& word, const ScansOfReview& scans) {
  for (const auto& [source, role] :
       {std::pair(LesionSource::sstr, Role::sstr), std::pair(LesionSource::fdg, Role::fdg)})
    if (word.added_on == source && !scan_of(scans, role))
      throw Error::input(
          "review_scan_missing",
          fmt::format("{} adds a lesion on {}, and no such scan was given", word.place, name_of(role)));
  const auto inside = [&](Role role) {
    return holds(scan_of(scans, role), on_scan(scans, role, *word.at_lps_mm));
  };
  const bool is_inside = word.added_on == LesionSource::sstr  ? inside(Role::sstr)
                         : word.added_on == LesionSource::fdg ? inside(Role::fdg)
                                                              : inside(Role::sstr) || inside(Role::fdg);
  if (!is_inside)
    throw Error::input("review_place_outside",
                       fmt::format("{} lies outside the scan; places are those of the SSTR study (of FDG "
                                   "where that is alone)",
                                   word.place));
}

/// The voxels of all outlines on one tracer, sorted.
image::Region voxels_of(const std::vector<lesions::PairedLesion>& lesions, Role role) {
  image::Region all;
  for (const auto& lesion : lesions)
    if (const auto& outline = role == Role::sstr ? lesion.sstr : lesion.fdg)
      all.insert(all.end(), outline->region.begin(), outline->region.end());
  std::sort(all.begin(), all.end());
  return all;
}

void refuse_existing(const record::LesionReview& word, const ScansOfReview& scans, Role role,
                     const image::Region& taken) {
  const auto& scan = scan_of(scans, role);
  const space::PointLps at = on_scan(scans, role, *word.at_lps_mm);
  if (!holds(scan, at)) return;
  const space::Geometry& grid = scan->scan.suv.geometry();
  if (std::binary_search(taken.begin(), taken.end(), grid.offset(grid.nearest(at))))
    throw Error::input(
        "review_lesion_exists",
        fmt::format("{} adds a lesion where the reading has one: leave out \"add\" and say its status",
                    word.place));
}

lesions::Verdict verdict_of(const record::LesionReview& word) {
  lesions::Verdict verdict;
  verdict.status = word.status.value_or(record::LesionStatus::pathologic);
  verdict.reason = word.reason.value_or("added by the reader");
  verdict.confidence = 1;
  return verdict;
}

void name_site(const AddedLesion& added, const ScansOfReview& scans, lesions::Verdict& verdict) {
  if (added.word.site) {
    verdict.site = verdict.location = *added.word.site;
    return;
  }
  const Role role = added.outlines.fdg || !holds(scans.sstr, added.at) ? Role::fdg : Role::sstr;
  const ScanWork& work = *scan_of(scans, role);
  lesions::Outline place;
  if (const auto& outline = role == Role::sstr ? added.outlines.sstr : added.outlines.fdg) {
    place = *outline;
  } else {
    const space::PointLps at = on_scan(scans, role, added.at);
    place.region = ball_on(work.scan.suv.geometry(), at, added.radius_mm);
    place.hottest = work.scan.suv.geometry().nearest(at);
  }
  const lesions::Site site = lesions::Sites(work.organs, work.organ_error_mm, &work.spine_levels).of(place);
  verdict.site = site.name;
  verdict.location = site.location;
}

}  // namespace

image::Region ball_on(const space::Geometry& grid, space::PointLps centre, double radius_mm) {
  image::Region region;
  const space::IndexIjk middle = grid.nearest(centre);
  if (!grid.contains(middle)) return region;
  for (const image::SphereRow& row : image::sphere_on(grid, radius_mm).rows)
    for (int di = -row.half; di <= row.half; ++di) {
      const space::IndexIjk at{middle.i + di, middle.j + row.dj, middle.k + row.dk};
      if (grid.contains(at)) region.push_back(grid.offset(at));
    }
  std::sort(region.begin(), region.end());
  return region;
}

std::vector<AddedLesion> added_lesions(const record::Review& review, const ScansOfReview& scans,
                                       const std::vector<lesions::PairedLesion>& lesions,
                                       const base::Resources& resources, const base::Run& run) {
  std::vector<AddedLesion> all;
  std::vector<lesions::PairedLesion> taken_by = lesions;
  for (const record::LesionReview& word : review.lesions) {
    if (!word.added_on) continue;
    refuse_impossible(word, scans);
    AddedLesion added;
    added.word = word;
    added.at = *word.at_lps_mm;
    added.radius_mm = std::max(word.size_mm.value_or(0) / 2, image::kOneMlRadiusMm);
    for (const Role role : {Role::sstr, Role::fdg}) {
      const image::Region taken = voxels_of(taken_by, role);
      refuse_existing(word, scans, role, taken);
      const bool is_outlined = word.added_on == (role == Role::sstr ? LesionSource::sstr : LesionSource::fdg);
      if (!is_outlined) continue;
      const ScanWork& work = *scan_of(scans, role);
      (role == Role::sstr ? added.outlines.sstr : added.outlines.fdg) =
          lesions::outline_pointed_at(work.scan.suv, work.organs, on_scan(scans, role, added.at), taken,
                                      work.references.references, role, resources, run);
    }
    added.verdict = verdict_of(word);
    name_site(added, scans, added.verdict);
    taken_by.push_back(added.outlines);
    all.push_back(std::move(added));
  }
  return all;
}

}  // namespace netpet::pipeline
