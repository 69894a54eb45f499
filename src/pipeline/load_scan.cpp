#include "pipeline/load_scan.h"

#include <fmt/format.h>

#include <utility>

#include "dicom/read_ct.h"
#include "dicom/read_pet.h"
#include "pipeline/value_mappings.h"
#include "suv/acquisition_review.h"
#include "suv/image_review.h"
#include "suv/suv.h"
#include "suv/tracer_recognition.h"

namespace netpet::pipeline {
namespace {

/// What is said of mappings names their files.
void add_mappings(const SelectedScan& selected, const record::PetHeader& header,
                  const Deidentification* identity, const base::Resources& resources,
                  suv::SuvFactors& factors) {
  suv::SuvFactors told = factors;
  told.provenance.steps.clear();
  told.warnings.clear();
  compare_with_mappings(selected.mappings, header, resources, told);
  if (identity) {
    identity->clean(told.warnings);
    for (std::string& step : told.provenance.steps) step = identity->sentence(step);
  }
  auto& steps = factors.provenance.steps;
  steps.insert(steps.end(), told.provenance.steps.begin(), told.provenance.steps.end());
  factors.warnings.insert(factors.warnings.end(), told.warnings.begin(), told.warnings.end());
}

}  // namespace

LoadedScan load_scan(SelectedScan selected, record::Role role, const ReadRequest& request,
                     const Deidentification* identity, const base::Resources& resources,
                     const base::Run& run) {
  return base::within(fmt::format("reading the {} scan", name_of(role)), [&] {
    LoadedScan scan;
    run.stage(fmt::format("{} PET: {} slices", name_of(role), selected.pet.files.size()));
    dicom::PetSeries pet = dicom::read_pet(selected.pet, run, selected.headers);
    scan.record.radionuclide = suv::radionuclide_of(pet.header, resources);
    if (identity) identity->clean(pet.header, scan.record.radionuclide);
    suv::SuvFactors factors = suv::suv_factors(pet.header, resources, request.accepted);
    add_mappings(selected, pet.header, identity, resources, factors);
    suv::apply(factors, pet.pixels, run);
    scan.dicom.series = dicom::source_series(selected.pet, run, selected.headers);
    scan.dicom.mapping = {factors.provenance.type, factors.per_slice};
    scan.suv = std::move(pet.pixels);
    if (selected.ct) {
      run.stage(fmt::format("{} CT: {} slices", name_of(role), selected.ct->files.size()));
      scan.ct = dicom::read_ct(*selected.ct, run, selected.headers);
    }

    scan.series_uid = selected.pet.uid;
    if (identity) {
      identity->clean(scan.dicom.series);
      identity->clean(selected);
    }
    const space::Geometry& grid = scan.suv.geometry();
    scan.patient = selected.patient;
    record::TracerScan& record = scan.record;
    record.study_uid = selected.pet.study_uid;
    record.series_uid = selected.pet.uid;
    record.frame_of_reference_uid = selected.pet.frame_of_reference_uid;
    record.description = selected.pet.description;
    record.tracer = selected.tracer;
    record.acquired = selected.pet.acquired;
    record.weight_kg = factors.provenance.weight_kg;
    record.height_m = factors.provenance.height_m;
    record.suv = factors.provenance;
    record.voxel_mm = {grid.spacing.x, grid.spacing.y, grid.spacing.z};
    record.size = grid.size;
    record.scanner = selected.pet.scanner;
    record.has_ct = scan.ct.has_value();
    record.warnings = std::move(selected.warnings);
    record.warnings.insert(record.warnings.end(), selected.pet.problems.begin(), selected.pet.problems.end());
    record.warnings.insert(record.warnings.end(), factors.warnings.begin(), factors.warnings.end());
    const auto of_image = suv::review_image(scan.suv, factors.provenance, resources, run);
    record.warnings.insert(record.warnings.end(), of_image.begin(), of_image.end());
    const suv::Acquisition acquisition =
        suv::review_acquisition(pet.header, record.tracer, factors.provenance.administered, resources);
    record.reconstruction = acquisition.reconstruction;
    record.uptake_min = acquisition.uptake_min;
    record.warnings.insert(record.warnings.end(), acquisition.warnings.begin(), acquisition.warnings.end());
    if (selected.ct)
      if (const auto contrast = suv::contrast_of(*selected.ct, resources))
        record.warnings.push_back(*contrast);
    return scan;
  });
}

}  // namespace netpet::pipeline
