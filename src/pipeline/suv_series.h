#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/json.h"
#include "record/study.h"
#include "record/tracer.h"
#include "record/tracer_scan.h"
#include "suv/suv_type.h"

namespace netpet::pipeline {

/// One PET series as SUV of one type, with its provenance and the extremes of its voxels.
struct SuvSeries {
  record::Series series;
  std::vector<double> factors;  ///< of slice k = 0 first
  image::PetVolume suv;
  record::Tracer tracer;
  record::SuvProvenance provenance;
  std::vector<record::Warning> warnings;
  float min = 0, max = 0;
  double mean = 0;
};

/// Reads the one PET series of a folder; of an attenuation-corrected and an uncorrected one it takes the
/// corrected. Refuses `no_pet`, `nac_only`, `several_pet_series`, and what reading and SUV refuse.
SuvSeries suv_of_folder(const std::filesystem::path& folder, const std::set<std::string>& accepted,
                        const base::Resources& resources, const base::Run& run,
                        suv::SuvType type = suv::SuvType::bw);

/// Writes the factors as a Real World Value Mapping object (dicom/write_rwvm.h).
void write_mapping(const SuvSeries& series, const std::filesystem::path& file, const base::Run& run);

/// The document of `suv --json`.
record::Json json_of(const SuvSeries& series);
/// The same for a reader at a terminal.
std::string text_of(const SuvSeries& series);

}  // namespace netpet::pipeline
