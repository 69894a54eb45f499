#include "pipeline/find_organs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "anatomy/segment.h"
#include "base/error.h"
#include "image/mask.h"
#include "image/resample.h"
#include "lesions/organ_regions.h"
#include "pipeline/add_regions.h"
#include "pipeline/scan_at.h"
#include "pipeline/suv_series.h"
#include "record/organ.h"

namespace netpet::pipeline {
namespace {

/// A scrap of label is not 0 mL.
std::string millilitres(double ml) {
  return ml < 10 ? fmt::format("{:.2g}", ml) : fmt::format("{:.0f}", ml);
}

record::Role role_of(const SuvSeries& series, const OrganRequest& request) {
  using record::TracerClass;
  if (request.role) return *request.role;
  if (series.tracer.tracer_class == TracerClass::fdg) return record::Role::fdg;
  if (series.tracer.tracer_class == TracerClass::sstr || series.tracer.tracer_class == TracerClass::therapy)
    return record::Role::sstr;
  throw base::Error::input("tracer_unknown",
                           "the PET names neither an SSTR tracer nor FDG: say it with "
                           "--tracer")
      .in_file(request.pet->string());
}

std::vector<ListedOrgan> list_organs(const image::LabelMap& labels,
                                     const std::map<std::uint16_t, double>& confidence) {
  const space::Geometry& grid = labels.geometry();
  struct Sum {
    double n = 0;
    space::ContinuousIjk at;
  };
  std::map<std::uint16_t, Sum> sums;
  std::size_t v = 0;
  for (int k = 0; k < grid.size[2]; ++k)
    for (int j = 0; j < grid.size[1]; ++j)
      for (int i = 0; i < grid.size[0]; ++i, ++v)
        if (const std::uint16_t id = labels[v]; id != 0) {
          Sum& sum = sums[id];
          sum.n += 1, sum.at.i += i, sum.at.j += j, sum.at.k += k;
        }
  std::vector<ListedOrgan> organs;
  for (const auto& [id, sum] : sums) {
    const auto found = confidence.find(id);
    organs.push_back(
        {id, std::string(record::name_of(static_cast<record::Organ>(id))), sum.n * grid.voxel_volume_ml(),
         found == confidence.end() ? 0 : found->second,
         grid.to_lps(space::ContinuousIjk{sum.at.i / sum.n, sum.at.j / sum.n, sum.at.k / sum.n})});
  }
  return organs;
}

std::vector<ListedLevel> list_levels(const anatomy::OrganMap& map) {
  const space::Geometry& grid = map.labels.geometry();
  const auto boxes = image::boxes_of_labels(map.labels);
  const auto spine = boxes.find(record::id_of(record::Organ::spine));
  std::vector<ListedLevel> listed;
  if (spine == boxes.end()) return listed;
  const double low = grid.to_lps(space::IndexIjk{0, 0, spine->second.first[2]}).z,
               high = grid.to_lps(space::IndexIjk{0, 0, spine->second.last[2]}).z;
  const record::SpineLevels& levels = map.spine_levels;
  for (std::size_t n = 0; n < levels.probability.size(); ++n) {
    const double z = levels.low_z_mm + static_cast<double>(n) * levels.step_mm;
    if (z < low || z > high) continue;
    const auto& at = levels.probability[n];
    const auto likeliest = std::max_element(at.begin(), at.end());
    const std::string name = record::spine_level_name(static_cast<std::size_t>(likeliest - at.begin()));
    if (listed.empty() || listed.back().name != name) listed.push_back({name, z, z, 0});
    listed.back().high_z_mm = z;
    listed.back().confidence = std::max(listed.back().confidence, double(*likeliest));
  }
  return listed;
}

}  // namespace

OrgansOfCt find_organs(const OrganRequest& request, const base::Resources& resources, const base::Run& run) {
  OrgansOfCt result;
  run.stage("CT");
  const image::CtVolume ct = read_ct_at(request.ct, run);
  std::optional<SuvSeries> pet;
  auto role = record::Role::sstr;
  if (request.pet) {
    pet = suv_of_folder(*request.pet, request.accepted, resources, run);
    role = role_of(*pet, request);
    result.warnings = pet->warnings;
  }
  run.stage("organs");
  const image::PetVolume* suv = pet ? &pet->suv : nullptr;
  anatomy::OrganMap map = anatomy::segment_organs(&ct, suv, role, run);
  add_regions(map, {&ct, suv, role}, resources, run);
  result.labels =
      lesions::with_regions(anatomy::organs_on_grid(map, ct.geometry(), {}, run),
                            image::resample_nearest(map.regions, ct.geometry(), space::Transform(), run));
  result.organs = list_organs(result.labels, map.confidence);
  result.spine_levels = list_levels(map);
  result.warnings.insert(result.warnings.end(), map.warnings.begin(), map.warnings.end());
  return result;
}

record::Json json_of(const OrgansOfCt& organs) {
  const space::Geometry& grid = organs.labels.geometry();
  record::Json document;
  document["schema"] = "netpet-organs/1";
  document["source"] = "auto";
  document["voxel_mm"] = {grid.spacing.x, grid.spacing.y, grid.spacing.z};
  document["size"] = grid.size;
  document["organs"] = record::Json::array();
  for (const ListedOrgan& organ : organs.organs)
    document["organs"].push_back({{"id", organ.id},
                                  {"name", organ.name},
                                  {"volume_ml", record::number(organ.volume_ml)},
                                  {"confidence", record::number(organ.confidence)},
                                  {"centroid_lps_mm", record::json_of(organ.centroid)}});
  document["spine_levels"] = record::Json::array();
  for (const ListedLevel& level : organs.spine_levels)
    document["spine_levels"].push_back({{"level", level.name},
                                        {"low_z_mm", record::number(level.low_z_mm)},
                                        {"high_z_mm", record::number(level.high_z_mm)},
                                        {"confidence", record::number(level.confidence)}});
  document["warnings"] = record::json_of(organs.warnings);
  return document;
}

std::string text_of(const OrgansOfCt& organs) {
  std::string text = "  id  organ                          mL  confidence  middle (LPS mm)\n";
  for (const ListedOrgan& organ : organs.organs)
    text += fmt::format("{:4}  {:26} {:>7}  {:10.2f}  {:.0f} {:.0f} {:.0f}\n", organ.id, organ.name,
                        millilitres(organ.volume_ml), organ.confidence, organ.centroid.x, organ.centroid.y,
                        organ.centroid.z);
  if (!organs.spine_levels.empty()) text += "spine (confidence, z in mm):";
  for (const ListedLevel& level : organs.spine_levels)
    text += fmt::format(" {} ({:.2f}, {:.0f} to {:.0f})", level.name, level.confidence, level.low_z_mm,
                        level.high_z_mm);
  if (!organs.spine_levels.empty()) text += "\n";
  for (const record::Warning& warning : organs.warnings)
    text += fmt::format("warning  {}: {}\n", warning.code, warning.message);
  return text;
}

}  // namespace netpet::pipeline
