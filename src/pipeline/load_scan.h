#pragma once

#include <optional>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "pipeline/select_scans.h"
#include "record/tracer_scan.h"
#include "report/outputs.h"

namespace netpet::pipeline {

/// One scan in memory: SUVbw on the PET's own grid, HU on the CT's, both in the frame of the study.
struct LoadedScan {
  image::PetVolume suv;
  std::optional<image::CtVolume> ct;
  record::Patient patient;
  record::TracerScan record;
  report::DicomSource dicom;  ///< for the objects that are made from the PET
};

/// Reads the pixels of a selected scan and turns the PET into SUVbw.
LoadedScan load_scan(SelectedScan selected, record::Role role, const ReadRequest& request,
                     const base::Resources& resources, const base::Run& run);

}  // namespace netpet::pipeline
