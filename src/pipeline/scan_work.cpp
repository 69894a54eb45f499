#include "pipeline/scan_work.h"

#include <fmt/format.h>

#include <algorithm>

#include "lesions/candidates.h"
#include "pipeline/supplied_lesions.h"

namespace netpet::pipeline {
namespace {

image::Region union_of(const std::vector<lesions::Candidate>& candidates,
                       const std::vector<lesions::Outline>& supplied) {
  image::Region all;
  for (const auto& candidate : candidates)
    all.insert(all.end(), candidate.region.begin(), candidate.region.end());
  for (const auto& outline : supplied) all.insert(all.end(), outline.region.begin(), outline.region.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<anatomy::ReaderSphere> spheres_of(const record::Review* review, record::Role role) {
  std::vector<anatomy::ReaderSphere> spheres;
  if (!review) return spheres;
  for (const record::ReferenceReview& one : review->references)
    if (one.tracer == role) spheres.push_back({one.organ, one.centre_lps_mm, one.radius_mm, one.place});
  return spheres;
}

}  // namespace

void find_lesions(ScanWork& work, const std::optional<std::filesystem::path>& lesion_mask,
                  const record::Review* review, const std::string& organs_source,
                  const base::Resources& resources, const base::Run& run) {
  const image::PetVolume& suv = work.scan.suv;
  if (lesion_mask) {
    run.stage(fmt::format("{}: lesions of the supplied mask", name_of(work.role)));
    work.outlines = supplied_outlines(*lesion_mask, work, run);
  }
  run.stage(fmt::format("{}: hot spots", name_of(work.role)));
  auto found = lesions::find_uptake(suv, work.organs, work.role, resources, run);
  const auto& candidates = found.candidates;
  run.stage(fmt::format("{}: reference regions", name_of(work.role)));
  work.references = anatomy::measure_references(
      suv, work.organs, organs_source, union_of(candidates, work.outlines), work.role,
      work.scan.record.tracer.tracer_class, spheres_of(review, work.role), resources, run);
  if (lesion_mask) return;
  run.stage(fmt::format("{}: outlines of {} hot spots", name_of(work.role), candidates.size()));
  work.outlines = lesions::outline_lesions(suv, work.organs, candidates, work.references.references,
                                           work.role, resources, run);
  work.normal_spots = lesions::outline_normal_spots(suv, work.organs, found.normal, work.outlines,
                                                    work.references.references, work.role, resources, run);
  work.candidates = std::move(found.candidates);
}

}  // namespace netpet::pipeline
