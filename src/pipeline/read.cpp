#include "pipeline/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/version.h"
#include "image/resample.h"
#include "lesions/organ_regions.h"
#include "pipeline/apply_review.h"
#include "pipeline/assemble_lesions.h"
#include "pipeline/burden.h"
#include "pipeline/compare_scans.h"
#include "pipeline/deidentification.h"
#include "pipeline/grade_reading.h"
#include "pipeline/heterogeneity.h"
#include "pipeline/organ_file.h"
#include "pipeline/outline_alternatives.h"
#include "pipeline/place_organs.h"
#include "pipeline/rank_warnings.h"
#include "pipeline/retention.h"
#include "pipeline/saved_registration.h"
#include "pipeline/scan_work.h"
#include "pipeline/select_scans.h"
#include "record/clinical_json.h"
#include "registration/register_ct.h"
#include "registration/rigid.h"
#include "report/outputs.h"

namespace netpet::pipeline {
namespace {

using record::Role;

std::optional<ScanWork> load(std::optional<SelectedScan> selected, Role role, const ReadRequest& request,
                             const Deidentification* identity, const base::Resources& resources,
                             const base::Run& run) {
  if (!selected) return std::nullopt;
  ScanWork work;
  work.role = role;
  work.scan = load_scan(std::move(*selected), role, request, identity, resources, run);
  return work;
}

/// The alignment, or why there is none. Both are absent where there is one scan only.
struct Alignment {
  std::optional<record::Registration> registration;
  std::optional<record::Warning> refusal;
};

/// By their CTs; without both by their PETs.
RegisteredPair pair_of(const LoadedScan& sstr, const LoadedScan& fdg) {
  if (!sstr.ct || !fdg.ct) return {identity_of(sstr.suv), identity_of(fdg.suv)};
  return {identity_of(*sstr.ct), identity_of(*fdg.ct)};
}

/// Scans that cannot be laid on each other are read one by one.
Alignment align(const std::optional<ScanWork>& sstr, const std::optional<ScanWork>& fdg,
                const ReadRequest& request, const base::Resources& resources, const base::Run& run) {
  if (!sstr || !fdg) return {};
  run.stage("registration: FDG onto SSTR");
  if (request.registration)
    return {load_registration(*request.registration, pair_of(sstr->scan, fdg->scan)), {}};
  try {
    if (!sstr->scan.ct || !fdg->scan.ct)
      return {registration::register_rigid_pet(sstr->scan.suv, fdg->scan.suv, run), {}};
    return {request.freedom == registration::Freedom::rigid
                ? registration::register_rigid_ct(*sstr->scan.ct, *fdg->scan.ct, run)
                : registration::register_ct(*sstr->scan.ct, *fdg->scan.ct,
                                            registration::load_error_model(resources), run),
            {}};
  } catch (const base::Error& error) {
    if (error.code() != "registration_failed") throw;
    return {
        {},
        record::Warning{"scans_not_aligned",
                        fmt::format("{}; each scan was read alone, lesions are not paired and scales of both "
                                    "tracers are not graded",
                                    error.what())}};
  }
}

/// Into a folder of its own beside the reading; of a reading for sharing without the scans' own UIDs.
void keep_registration(const record::Registration& registration, const LoadedScan& sstr,
                       const LoadedScan& fdg, ReadRequest::Identity identity,
                       const std::filesystem::path& out) {
  RegisteredPair pair = pair_of(sstr, fdg);
  if (identity == ReadRequest::Identity::removed)
    pair.fixed.frame_of_reference_uid.clear(), pair.moving.frame_of_reference_uid.clear();
  std::filesystem::create_directory(out / "registration");
  save_registration(registration, pair, out / "registration");
}

base::Computed<double> interval_days(const std::optional<ScanWork>& sstr,
                                     const std::optional<ScanWork>& fdg) {
  if (!sstr || !fdg) return {};
  if (!sstr->scan.record.acquired || !fdg->scan.record.acquired)
    return base::NotComputable{"a scan has no date"};
  constexpr double seconds_per_day = 86400;
  return std::abs((*fdg->scan.record.acquired - *sstr->scan.record.acquired).value) / seconds_per_day;
}

/// The refusals that were overridden: what was allowed and did occur.
std::vector<std::string> accepted_in(const ReadRequest& request, const std::optional<ScanWork>& sstr,
                                     const std::optional<ScanWork>& fdg) {
  std::vector<std::string> codes;
  for (const std::string& code : request.accepted) {
    const auto names_it = [&](const std::optional<ScanWork>& work) {
      return work && std::any_of(work->scan.record.warnings.begin(), work->scan.record.warnings.end(),
                                 [&](const record::Warning& warning) { return warning.code == code; });
    };
    if (names_it(sstr) || names_it(fdg)) codes.push_back(code);
  }
  return codes;
}

record::Reading describe(const ReadRequest& request, const std::optional<ScanWork>& sstr,
                         const std::optional<ScanWork>& fdg, const base::Resources& resources) {
  record::Reading reading;
  reading.software.version = base::version();
  reading.software.revision = base::revision();
  reading.software.rules = resources.rules_hash();
  reading.patient = (sstr ? sstr : fdg)->scan.patient;
  reading.accepted = accepted_in(request, sstr, fdg);
  reading.interval_days = interval_days(sstr, fdg);
  if (sstr && fdg) reading.warnings = compare_scans(sstr->scan.record, fdg->scan.record, resources);
  if (sstr) {
    reading.sstr = sstr->scan.record;
    reading.sstr_references = sstr->references.references;
    reading.warnings.insert(reading.warnings.end(), sstr->references.warnings.begin(),
                            sstr->references.warnings.end());
  }
  if (fdg) {
    reading.fdg = fdg->scan.record;
    reading.fdg_references = fdg->references.references;
    reading.warnings.insert(reading.warnings.end(), fdg->references.warnings.begin(),
                            fdg->references.warnings.end());
  }
  return reading;
}

report::ReportInput report_input(const record::Reading& reading, const std::optional<ScanWork>& sstr,
                                 const std::optional<ScanWork>& fdg, const AssembledLesions& assembled,
                                 const image::PetVolume& fdg_on_sstr) {
  report::ReportInput input{reading};
  if (sstr) {
    input.sstr_suv = &sstr->scan.suv;
    input.sstr_ct = sstr->scan.ct ? &*sstr->scan.ct : nullptr;
    input.sstr_references = &sstr->references.regions;
    input.lesions_sstr = &assembled.sstr_labels;
    input.sstr_source = &sstr->scan.dicom;
  }
  if (fdg) {
    input.fdg_suv = &fdg->scan.suv;
    input.fdg_ct = fdg->scan.ct ? &*fdg->scan.ct : nullptr;
    input.fdg_references = &fdg->references.regions;
    input.lesions_fdg = &assembled.fdg_labels;
    input.fdg_source = &fdg->scan.dicom;
  }
  if (!fdg_on_sstr.empty()) input.fdg_on_sstr_suv = &fdg_on_sstr;
  input.organs = &(sstr ? sstr : fdg)->organs;
  return input;
}

void refuse_references_of_missing_scans(const record::Review& review, const std::optional<ScanWork>& sstr,
                                        const std::optional<ScanWork>& fdg) {
  for (const record::ReferenceReview& one : review.references)
    if (!(one.tracer == Role::sstr ? sstr : fdg))
      throw base::Error::input("review_scan_missing", fmt::format("{} is on {}, and no such scan was given",
                                                                  one.place, name_of(one.tracer)));
}

/// Before the work, not after minutes of it.
void refuse_missing_files(const ReadRequest& request, const base::Resources& resources) {
  for (const auto& file : {request.organs, request.lesions_sstr, request.lesions_fdg, request.registration,
                           request.deidentification_key})
    if (file && !std::filesystem::exists(*file))
      throw base::Error::input("file_missing", "there is no such file").in_file(file->string());
  if (request.organ_labels) check_organ_labels(*request.organ_labels, resources);
}

void refuse_registration_of_one_scan(const ReadRequest& request, const std::optional<ScanWork>& sstr,
                                     const std::optional<ScanWork>& fdg) {
  if (request.registration && !(sstr && fdg))
    throw base::Error::usage("usage", "--registration needs both scans");
}

void refuse_mask_without_scan(const std::optional<std::filesystem::path>& mask,
                              const std::optional<ScanWork>& scan, std::string_view tracer) {
  if (!mask || scan) return;
  throw base::Error::usage("usage", fmt::format("--lesions-{0} needs the {0} study", tracer));
}

}  // namespace

ReadResult read_into(const ReadRequest& request, const std::filesystem::path& out, base::Occupied occupied,
                     const base::Resources& resources, const base::Run& run) {
  refuse_missing_files(request, resources);
  std::optional<record::Clinical> clinical;
  if (request.clinical) clinical = record::load_clinical(*request.clinical);
  std::optional<record::Review> review;
  if (request.review) review = record::load_review(*request.review);
  auto output = base::StagedOutput::folder(out, occupied);

  SelectedScans selected = select_scans(request, resources, run);
  std::optional<Deidentification> identity;
  if (request.identity == ReadRequest::Identity::removed)
    identity.emplace(selected, request.deidentification_key, resources);
  const Deidentification* cleaning = identity ? &*identity : nullptr;
  if (cleaning && clinical) cleaning->clean(*clinical);
  if (cleaning && review) cleaning->clean(*review);
  auto sstr = load(std::move(selected.sstr), Role::sstr, request, cleaning, resources, run);
  auto fdg = load(std::move(selected.fdg), Role::fdg, request, cleaning, resources, run);
  refuse_mask_without_scan(request.lesions_sstr, sstr, "sstr");
  refuse_mask_without_scan(request.lesions_fdg, fdg, "fdg");
  refuse_registration_of_one_scan(request, sstr, fdg);
  const Alignment alignment = align(sstr, fdg, request, resources, run);
  const auto& registration = alignment.registration;
  const auto organs = place_organs(request, output.path(), sstr, fdg, registration, resources, run);
  const record::Review* const words = review ? &*review : nullptr;
  if (words) refuse_references_of_missing_scans(*words, sstr, fdg);
  if (sstr) find_hot_spots(*sstr, request.lesions_sstr, resources, run);
  if (fdg) find_hot_spots(*fdg, request.lesions_fdg, resources, run);
  image::Region by_fdg, by_sstr;
  if (registration) {
    by_fdg = suspected_by(*fdg, registration->fixed_to_moving, *sstr, run);
    by_sstr = suspected_by(*sstr, registration->fixed_to_moving.inverted(), *fdg, run);
  }
  if (sstr) outline_hot_spots(*sstr, by_fdg, words, organs.source, resources, run);
  if (fdg) outline_hot_spots(*fdg, by_sstr, words, organs.source, resources, run);
  AssembledLesions assembled = assemble_lesions(sstr, fdg, registration, words, resources, run);
  if (review) base::within("applying the review", [&] { apply_review(*review, registration, assembled); });
  if (cleaning) cleaning->clean(assembled.lesions);

  ReadResult result{describe(request, sstr, fdg, resources), {}};
  result.reading.deidentified = cleaning != nullptr;
  result.reading.registration = registration;
  if (alignment.refusal) result.reading.warnings.insert(result.reading.warnings.begin(), *alignment.refusal);
  result.reading.organs_source = organs.source;
  result.reading.burden =
      burden_of(assembled, registration, lesions::lesion_rules(resources, Role::sstr).burden_from_ml, run);
  result.reading.lesions = assembled.lesions;
  result.reading.post_therapy = retention_of(result.reading);
  result.reading.clinical = std::move(clinical);
  result.reading.review = std::move(review);
  const Placing placing(sstr, fdg, registration);
  run.stage("lesions: heterogeneity");
  measure_heterogeneity(assembled, placing, result.reading, resources);
  run.stage("grades");
  grade_reading(result.reading, resources);
  run.stage("other methods of outlining");
  result.reading.outline_alternatives =
      outline_alternatives(assembled, placing, result.reading, resources, run);
  rank_warnings(result.reading, resources);

  image::PetVolume fdg_on_sstr;
  if (registration) {
    run.stage("FDG on the SSTR grid");
    keep_registration(*registration, sstr->scan, fdg->scan, request.identity, output.path());
    fdg_on_sstr = image::resample_linear(fdg->scan.suv, sstr->scan.suv.geometry(),
                                         registration->fixed_to_moving, 0.0F, run);
  }
  ScanWork& mapped = sstr ? *sstr : *fdg;
  mapped.organs = lesions::with_regions(std::move(mapped.organs), mapped.organ_regions);
  result.json = report::write_outputs(report_input(result.reading, sstr, fdg, assembled, fdg_on_sstr),
                                      output.path(), resources, run);
  run.throw_if_stopped();
  output.commit();
  return result;
}

}  // namespace netpet::pipeline
