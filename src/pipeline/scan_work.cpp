#include "pipeline/scan_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "image/resample.h"
#include "pipeline/supplied_lesions.h"
#include "record/organ.h"

namespace netpet::pipeline {
namespace {

/// What may be a lesion: hot spots, and the regions of a supplied mask.
image::Region suspected(const ScanWork& work) {
  image::Region all;
  for (const auto& candidate : work.found.candidates)
    all.insert(all.end(), candidate.region.begin(), candidate.region.end());
  for (const auto& outline : work.outlines)
    all.insert(all.end(), outline.region.begin(), outline.region.end());
  return all;
}

image::Region union_of(image::Region a, const image::Region& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::sort(a.begin(), a.end());
  a.erase(std::unique(a.begin(), a.end()), a.end());
  return a;
}

std::vector<anatomy::ReaderSphere> spheres_of(const record::Review* review, record::Role role) {
  std::vector<anatomy::ReaderSphere> spheres;
  if (!review) return spheres;
  for (const record::ReferenceReview& one : review->references)
    if (one.tracer == role) spheres.push_back({one.organ, one.centre_lps_mm, one.radius_mm, one.place});
  return spheres;
}

}  // namespace

void find_hot_spots(ScanWork& work, const std::optional<std::filesystem::path>& lesion_mask,
                    const base::Resources& resources, const base::Run& run) {
  if (lesion_mask) {
    run.stage(fmt::format("{}: lesions of the supplied mask", name_of(work.role)));
    work.lesion_mask = lesion_mask;
    work.outlines = supplied_outlines(*lesion_mask, work, run);
  }
  run.stage(fmt::format("{}: hot spots", name_of(work.role)));
  work.found = lesions::find_uptake(work.scan.suv, work.organs, work.role, resources, run);
}

image::Region suspected_by(const ScanWork& other, const space::Transform& to_other, const ScanWork& work,
                           const base::Run& run) {
  image::LabelMap marked(other.scan.suv.geometry());
  for (const std::size_t voxel : suspected(other)) marked[voxel] = 1;
  const image::LabelMap here = image::resample_nearest(marked, work.scan.suv.geometry(), to_other, run);
  const auto in_organ = [&](std::size_t voxel) {
    return work.organs[voxel] != 0 && work.organs[voxel] != record::id_of(record::Organ::gut);
  };
  image::Region region;
  for (std::size_t voxel = 0; voxel < here.voxels().size(); ++voxel)
    if (here[voxel] != 0 && in_organ(voxel)) region.push_back(voxel);
  return region;
}

void outline_hot_spots(ScanWork& work, const image::Region& suspected_elsewhere, const record::Review* review,
                       const std::string& organs_source, const base::Resources& resources,
                       const base::Run& run) {
  const image::PetVolume& suv = work.scan.suv;
  run.stage(fmt::format("{}: reference regions", name_of(work.role)));
  work.references = anatomy::measure_references(
      suv, work.organs, organs_source, union_of(suspected(work), suspected_elsewhere), work.role,
      work.scan.record.tracer.tracer_class, spheres_of(review, work.role), resources, run);
  if (work.lesion_mask) return;
  work.candidates = std::move(work.found.candidates);
  run.stage(fmt::format("{}: outlines of {} hot spots", name_of(work.role), work.candidates.size()));
  work.outlines = lesions::outline_lesions(suv, work.organs, work.candidates, work.references.references,
                                           work.role, resources, run);
  work.normal_spots = lesions::outline_normal_spots(suv, work.organs, work.found.normal, work.outlines,
                                                    work.references.references, work.role, resources, run);
}

}  // namespace netpet::pipeline
