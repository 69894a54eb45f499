#include "pipeline/place_organs.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "anatomy/segment.h"
#include "anatomy/travelled_organs.h"
#include "base/error.h"
#include "base/parallel_for.h"
#include "image/resample.h"
#include "lesions/pair.h"
#include "pipeline/add_regions.h"
#include "pipeline/organ_file.h"
#include "pipeline/run_segmenter.h"

namespace netpet::pipeline {
namespace {

anatomy::OrganMap supplied_map(const ReadRequest& request, const ScanWork& work,
                               const base::Resources& resources, const base::Run& run) {
  run.stage("organs: supplied map");
  const space::Geometry& grid = work.scan.ct ? work.scan.ct->geometry() : work.scan.suv.geometry();
  return base::within(fmt::format("reading the organ map {}", request.organs->string()), [&] {
    return read_organ_file(*request.organs, request.organ_labels, grid, resources, run);
  });
}

MappedScan mapped(const ScanWork& work) {
  return {work.scan.ct ? &*work.scan.ct : nullptr, &work.scan.suv, work.role};
}

anatomy::OrganMap own_map(const ScanWork& work, const base::Run& run) {
  const MappedScan scan = mapped(work);
  return anatomy::segment_organs(scan.ct, scan.suv, scan.role, run);
}

void take(const anatomy::OrganMap& map, ScanWork& work, const base::Run& run) {
  const space::Geometry& grid = work.scan.suv.geometry();
  work.organs = anatomy::organs_on_grid(map, grid, {}, run);
  if (!map.regions.empty())
    work.organ_regions = image::resample_nearest(map.regions, grid, space::Transform(), run);
  work.organ_confidence = map.confidence;
  work.spine_levels = map.spine_levels;
  auto& warnings = work.scan.record.warnings;
  warnings.insert(warnings.end(), map.warnings.begin(), map.warnings.end());
}

/// A registration that errs by more than a kidney's half thickness tells nothing about the organs.
bool carries_organs(const std::optional<record::Registration>& registration) {
  constexpr double most_error_mm = 12;
  return registration && registration->error_mm.has_value() &&
         registration->error_mm.value() <= most_error_mm;
}

anatomy::OrganMap own_maps(std::optional<ScanWork>& sstr, std::optional<ScanWork>& fdg,
                           const std::optional<record::Registration>& registration,
                           const base::Resources& resources, const base::Run& run) {
  run.stage("organs: looked for");
  std::optional<anatomy::OrganMap> on_sstr, on_fdg;
  base::Jobs jobs;
  const auto look = [&](const ScanWork& work, std::optional<anatomy::OrganMap>& map) {
    jobs.emplace_back([&] { map = own_map(work, run.named(name_of(work.role))); });
  };
  if (sstr) look(*sstr, on_sstr);
  if (fdg) look(*fdg, on_fdg);
  base::in_parallel(run, jobs);
  anatomy::OrganMap& first = on_sstr ? *on_sstr : *on_fdg;
  add_regions(first, mapped(sstr ? *sstr : *fdg), resources, run);
  if (on_sstr && on_fdg && carries_organs(registration))
    on_fdg = anatomy::with_organs_of(std::move(*on_fdg), *on_sstr, registration->fixed_to_moving.inverted(),
                                     registration->error_mm.value(), run);
  if (on_sstr) take(*on_sstr, *sstr, run);
  if (on_fdg) take(*on_fdg, *fdg, run);
  return std::move(first);
}

std::filesystem::path map_by_command(const std::string& command, const ScanWork& work,
                                     const std::filesystem::path& folder, const base::Run& run) {
  if (!work.scan.ct)
    throw base::Error::input("organ_command_without_ct",
                             fmt::format("the {} study has no CT for the organ command", name_of(work.role)));
  std::filesystem::create_directory(folder);
  return run_segmenter(command, *work.scan.ct, folder, run);
}

void refuse_map_elsewhere(const ScanWork& work, const ReadRequest& request) {
  const auto& voxels = work.organs.voxels();
  const auto labelled = std::count_if(voxels.begin(), voxels.end(), [](auto id) { return id != 0; });
  if (labelled == 0)
    throw base::Error::input(
        "organ_map_elsewhere",
        "the organ map holds nothing where the scan is; it must lie in that study's patient space")
        .in_file(request.organs->string());
}

}  // namespace

anatomy::OrganMap place_organs(ReadRequest request, const std::filesystem::path& scratch,
                               std::optional<ScanWork>& sstr, std::optional<ScanWork>& fdg,
                               const std::optional<record::Registration>& registration,
                               const base::Resources& resources, const base::Run& run) {
  std::optional<std::filesystem::path> folder;
  if (request.organ_command) {
    folder = scratch / "organ_command";
    request.organs = map_by_command(*request.organ_command, sstr ? *sstr : *fdg, *folder, run);
  }
  if (!request.organs) return own_maps(sstr, fdg, registration, resources, run);
  ScanWork& own = sstr ? *sstr : *fdg;
  auto map = supplied_map(request, own, resources, run);
  if (folder) std::filesystem::remove_all(*folder);
  own.organs = anatomy::organs_on_grid(map, own.scan.suv.geometry(), {}, run);
  refuse_map_elsewhere(own, request);
  own.scan.record.warnings.insert(own.scan.record.warnings.end(), map.warnings.begin(), map.warnings.end());
  if (sstr && fdg && !registration) {
    run.stage("organs: looked for on the fdg study");
    take(own_map(*fdg, run), *fdg, run);
  }
  if (registration) {
    const auto fdg_to_sstr = registration->fixed_to_moving.inverted();
    fdg->organs = anatomy::organs_on_grid(map, fdg->scan.suv.geometry(), fdg_to_sstr, run);
    fdg->organ_error_mm = registration->error_mm.value_or(lesions::kUnknownRegistrationErrorMm);
  }
  return map;
}

}  // namespace netpet::pipeline
