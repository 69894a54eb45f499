#include "pipeline/find_organs.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "anatomy/segment.h"
#include "base/error.h"
#include "pipeline/scan_at.h"
#include "pipeline/suv_series.h"
#include "record/organ.h"

namespace netpet::pipeline {
namespace {

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
  const anatomy::OrganMap map = anatomy::segment_organs(&ct, pet ? &pet->suv : nullptr, role, run);
  result.labels = anatomy::organs_on_grid(map, ct.geometry(), {}, run);
  result.organs = list_organs(result.labels, map.confidence);
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
  document["warnings"] = record::json_of(organs.warnings);
  return document;
}

std::string text_of(const OrgansOfCt& organs) {
  std::string text = "  id  organ                          mL  confidence  middle (LPS mm)\n";
  for (const ListedOrgan& organ : organs.organs)
    text +=
        fmt::format("{:4}  {:26} {:7.0f}  {:10.2f}  {:.0f} {:.0f} {:.0f}\n", organ.id, organ.name,
                    organ.volume_ml, organ.confidence, organ.centroid.x, organ.centroid.y, organ.centroid.z);
  for (const record::Warning& warning : organs.warnings)
    text += fmt::format("warning  {}: {}\n", warning.code, warning.message);
  return text;
}

}  // namespace netpet::pipeline
