#pragma once

#include <optional>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "pipeline/deidentification.h"
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
  std::string series_uid;     ///< of the PET as its files have it: tracking UIDs of lesions follow from it
};

/// Reads the pixels of a selected scan and turns the PET into SUVbw. With `identity` all but pixels and their
/// geometry is cleaned.
LoadedScan load_scan(SelectedScan selected, record::Role role, const ReadRequest& request,
                     const Deidentification* identity, const base::Resources& resources,
                     const base::Run& run);

}  // namespace netpet::pipeline
