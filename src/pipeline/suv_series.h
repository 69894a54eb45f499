#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/json.h"
#include "record/tracer_scan.h"

namespace netpet::pipeline {

/// One PET series as SUVbw, with its provenance and the extremes of its voxels.
struct SuvSeries {
  image::PetVolume suv;
  record::SuvProvenance provenance;
  std::vector<record::Warning> warnings;
  float min = 0, max = 0;
  double mean = 0;
};

/// Reads the one PET series of a folder; of an attenuation-corrected and an uncorrected one it takes the
/// corrected. Refuses `no_pet`, `nac_only`, `several_pet_series`, and what reading and SUV refuse.
SuvSeries suv_of_folder(const std::filesystem::path& folder, const std::set<std::string>& accepted,
                        const base::Resources& resources, const base::Run& run);

/// The document of `suv --json`.
record::Json json_of(const SuvSeries& series);
/// The same for a reader at a terminal.
std::string text_of(const SuvSeries& series);

}  // namespace netpet::pipeline
