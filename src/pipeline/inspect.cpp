#include "pipeline/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "dicom/catalogue.h"
#include "dicom/read_pet.h"
#include "pipeline/identity.h"
#include "pipeline/rank_warnings.h"
#include "suv/acquisition_review.h"
#include "suv/suv.h"
#include "suv/tracer_recognition.h"

namespace netpet::pipeline {
namespace {

using record::SeriesRole;
using record::Warning;

bool is_pet(const record::Series& series) {
  return series.role == SeriesRole::pet_ac || series.role == SeriesRole::pet_nac;
}

void add_once(std::vector<Warning>& problems, const Warning& problem) {
  const bool known = std::any_of(problems.begin(), problems.end(),
                                 [&](const Warning& one) { return one.code == problem.code; });
  if (!known || problem.code == "malformed_value") problems.push_back(problem);
}

/// The refusal that `work` ends with; nothing where it comes to its end.
std::optional<Warning> refusal_of(const std::function<void()>& work) {
  try {
    work();
    return std::nullopt;
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input) throw;
    return Warning{error.code(), error.message()};
  }
}

/// The header of the whole series, or of its first object where the series cannot be read.
std::optional<record::PetHeader> header_of(const record::Series& series, InspectedPet& pet,
                                           const dicom::Headers& known, const base::Run& run) {
  record::PetHeader header;
  pet.refusal = refusal_of([&] { header = dicom::read_pet_header(series, run, known); });
  if (!pet.refusal || !refusal_of([&] { header = dicom::peek_pet_header(series); })) return header;
  return std::nullopt;
}

InspectedPet inspect_pet(record::Series& series, const record::Patient& patient, const dicom::Headers& known,
                         const base::Resources& resources, const base::Run& run) {
  InspectedPet pet;
  const auto header = header_of(series, pet, known, run);
  if (pet.refusal) add_once(series.problems, *pet.refusal);
  if (!header) return pet;
  for (const Warning& problem : header->problems)
    if (std::find(series.problems.begin(), series.problems.end(), problem) == series.problems.end())
      add_once(series.problems, problem);
  if (!same_patient(header->patient, patient) || names_differ(header->patient.name, patient.name))
    add_once(series.problems,
             {"patient_mismatch", fmt::format("this series is of {}, another of {}",
                                              described(header->patient), described(patient))});
  const suv::RecognisedTracer recognised = suv::recognise_tracer(*header, resources);
  for (const Warning& warning : recognised.warnings) add_once(series.problems, warning);
  pet.tracer = recognised.tracer;
  pet.radionuclide = suv::radionuclide_of(*header, resources);

  const auto no_suv = refusal_of([&] {
    const suv::SuvFactors factors = suv::suv_factors(*header, resources, {});
    pet.provenance = factors.provenance;
    for (const Warning& warning : factors.warnings) add_once(series.problems, warning);
  });
  if (no_suv) add_once(series.problems, *no_suv);
  // A series that cannot be read has no SUV either, however good its header.
  if (!pet.refusal) pet.refusal = no_suv;
  const suv::Acquisition acquisition =
      suv::review_acquisition(*header, pet.tracer, pet.provenance.administered, resources);
  for (const Warning& warning : acquisition.warnings) add_once(series.problems, warning);
  pet.dose_bq = pet.provenance.dose_bq;
  pet.uptake_min = acquisition.uptake_min;
  pet.reconstruction = acquisition.reconstruction;
  return pet;
}

}  // namespace

Inspection inspect(const std::filesystem::path& folder, const base::Resources& resources,
                   const base::Run& run) {
  dicom::Headers headers;
  record::Catalogue catalogue = dicom::scan_folder(folder, headers, run);
  const WarningRanks ranks(resources);
  std::size_t pet_series = 0;
  for (const auto& patient : catalogue.patients)
    for (const auto& study : patient.studies)
      pet_series += static_cast<std::size_t>(std::count_if(study.series.begin(), study.series.end(), is_pet));
  run.stage(fmt::format("headers of {} PET series", pet_series));

  Inspection result;
  std::size_t done = 0;
  for (record::PatientStudies& patient : catalogue.patients) {
    InspectedPatient inspected_patient{patient.patient, {}};
    for (record::Study& study : patient.studies) {
      InspectedStudy inspected_study{study.uid, study.date, study.description, {}};
      for (record::Series& series : study.series) {
        run.throw_if_stopped();
        InspectedSeries inspected{std::move(series), std::nullopt};
        if (is_pet(inspected.series)) {
          inspected.pet = inspect_pet(inspected.series, patient.patient, headers, resources, run);
          run.fraction(static_cast<double>(++done) / static_cast<double>(pet_series));
        } else if (const auto contrast = suv::contrast_of(inspected.series, resources)) {
          add_once(inspected.series.problems, *contrast);
        }
        ranks.rank(inspected.series.problems);
        inspected_study.series.push_back(std::move(inspected));
      }
      inspected_patient.studies.push_back(std::move(inspected_study));
    }
    result.patients.push_back(std::move(inspected_patient));
  }
  result.unreadable = std::move(catalogue.unreadable);
  result.other_files = catalogue.other_files;
  return result;
}

}  // namespace netpet::pipeline
