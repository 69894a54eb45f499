#include "pipeline/inspect.h"

#include <algorithm>

#include "base/error.h"
#include "dicom/catalogue.h"
#include "dicom/read_pet.h"
#include "suv/suv.h"
#include "suv/tracer_recognition.h"

namespace netpet::pipeline {
namespace {

using record::SeriesRole;

void add_once(std::vector<record::Warning>& problems, const record::Warning& problem) {
  const bool known = std::any_of(problems.begin(), problems.end(),
                                 [&](const record::Warning& one) { return one.code == problem.code; });
  if (!known || problem.code == "malformed_value") problems.push_back(problem);
}

/// Runs `work` and turns its refusal into a problem of the series; whether it came to an end.
template <class Work>
bool attempted(record::Series& series, Work&& work) {
  try {
    work();
    return true;
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input) throw;
    add_once(series.problems, {error.code(), error.message()});
    return false;
  }
}

void inspect_pet(InspectedSeries& inspected, const base::Resources& resources, const base::Run& run) {
  record::Series& series = inspected.series;
  inspected.suv = SuvOutlook{};
  record::PetHeader header;
  const bool whole = attempted(series, [&] { header = dicom::read_pet_header(series, run); });
  if (!whole && !attempted(series, [&] { header = dicom::peek_pet_header(series); })) return;
  inspected.tracer = suv::recognise_tracer(header, resources);
  for (const record::Warning& problem : header.problems)
    if (std::find(series.problems.begin(), series.problems.end(), problem) == series.problems.end())
      add_once(series.problems, problem);
  attempted(series, [&] {
    const suv::SuvFactors factors = suv::suv_factors(header, resources, {});
    for (const record::Warning& warning : factors.warnings) add_once(series.problems, warning);
    // A series that cannot be read has no SUV either, however good its header.
    if (whole) *inspected.suv = {true, factors.provenance.rule};
  });
}

}  // namespace

Inspection inspect(const std::filesystem::path& folder, const base::Resources& resources,
                   const base::Run& run) {
  record::Catalogue catalogue = dicom::scan_folder(folder, run);
  Inspection result;
  for (record::PatientStudies& patient : catalogue.patients) {
    InspectedPatient inspected_patient{patient.patient, {}};
    for (record::Study& study : patient.studies) {
      InspectedStudy inspected_study{study.uid, study.date, study.description, {}};
      for (record::Series& series : study.series) {
        InspectedSeries inspected{std::move(series), std::nullopt, std::nullopt};
        const SeriesRole role = inspected.series.role;
        if (role == SeriesRole::pet_ac || role == SeriesRole::pet_nac) inspect_pet(inspected, resources, run);
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
