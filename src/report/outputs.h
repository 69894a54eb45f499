#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/resources.h"
#include "base/run.h"
#include "dicom/write_rwvm.h"
#include "image/volume.h"
#include "record/reading.h"

namespace netpet::report {

/// Reference regions by name ("liver", "blood_pool", "spleen"), as offsets into the grid of their own
/// tracer's PET.
using ReferenceRegions = std::map<std::string, image::Region>;

/// The PET series of a scan as DICOM objects refer to it, and what its stored pixels are in SUV.
struct DicomSource {
  dicom::SourceSeries series;
  dicom::SuvMapping mapping;
};

/// A reading and the images that it was made from. Every pointer may be null; what needs an absent image is
/// left out.
struct ReportInput {
  const record::Reading& reading;
  const image::PetVolume* sstr_suv = nullptr;         ///< SUVbw, own grid
  const image::PetVolume* fdg_suv = nullptr;          ///< SUVbw, own grid
  const image::PetVolume* fdg_on_sstr_suv = nullptr;  ///< SUVbw, on the grid of sstr_suv
  const image::LabelMap* organs = nullptr;  ///< organ ids, on the SSTR grid (FDG grid without an SSTR scan)
  const image::LabelMap* lesions_sstr = nullptr;      ///< label n = lesion "Ln", on the grid of sstr_suv
  const image::LabelMap* lesions_fdg = nullptr;       ///< label n = lesion "Ln", on the grid of fdg_suv
  const ReferenceRegions* sstr_references = nullptr;  ///< on the grid of sstr_suv
  const ReferenceRegions* fdg_references = nullptr;   ///< on the grid of fdg_suv
  const image::CtVolume* sstr_ct = nullptr;           ///< HU, own grid, patient space of the SSTR scan
  const image::CtVolume* fdg_ct = nullptr;            ///< HU, own grid, patient space of the FDG scan
  const DicomSource* sstr_source = nullptr;
  const DicomSource* fdg_source = nullptr;

  const DicomSource* dicom_source(record::Role role) const {
    return role == record::Role::sstr ? sstr_source : fdg_source;
  }
};

/// Makes a folder where it is missing. Environment error `output_not_writable`.
void make_folder(const std::filesystem::path& folder);

/// Writes the output folder of `read`: reading.json, fhir.json, report.html, report.pdf, report.txt,
/// lesions.csv, images/, volumes/, dicom/. Returns the text of reading.json. `folder` exists; staging and
/// renaming are the caller's. Refuses (environment) what the disk does not take.
std::string write_outputs(const ReportInput& input, const std::filesystem::path& folder,
                          const base::Resources& resources, const base::Run& run);

}  // namespace netpet::report
