#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/json.h"
#include "record/tracer.h"
#include "record/warning.h"

namespace netpet::pipeline {

struct OrganRequest {
  std::filesystem::path ct;                  ///< NIfTI file in HU, or folder of one CT series
  std::optional<std::filesystem::path> pet;  ///< folder of one PET series in the same patient space
  std::optional<record::Role> role;          ///< of the PET; the header's tracer tells it otherwise
  std::set<std::string> accepted;            ///< refusals of SUV to go on in spite of
};

struct ListedOrgan {
  std::uint16_t id = 0;
  std::string name;
  double volume_ml = 0;
  double confidence = 0;  ///< 0 … 1
  space::PointLps centroid;
};

/// The heights at which one level of the spine is the likeliest.
struct ListedLevel {
  std::string name;  ///< "T9"
  double low_z_mm = 0, high_z_mm = 0;
  double confidence = 0;  ///< 0 … 1, where it is highest
};

/// The organs of one patient on the grid of the CT.
struct OrgansOfCt {
  image::LabelMap labels;  ///< record::Organ ids
  std::vector<ListedOrgan> organs;
  std::vector<ListedLevel> spine_levels;  ///< from below, as far as a spine is labelled
  std::vector<record::Warning> warnings;
};

/// Finds organs on a CT, with the help of a PET where one is given. Refuses `no_ct_series`,
/// `several_ct_series`, `tracer_unknown` (PET without a role) and what reading and SUV refuse.
OrgansOfCt find_organs(const OrganRequest& request, const base::Resources& resources, const base::Run& run);

/// The document of `organs --json`, schema netpet-organs/1.
record::Json json_of(const OrgansOfCt& organs);
/// The same for a reader at a terminal.
std::string text_of(const OrgansOfCt& organs);

}  // namespace netpet::pipeline
