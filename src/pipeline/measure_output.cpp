#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pipeline/measure_region.h"

namespace netpet::pipeline {
namespace {

using record::Json;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json or_null(const std::optional<double>& number) {
  return number ? record::precise_number(*number) : Json(nullptr);
}

Json precise(const base::Computed<double>& value) {
  return value.has_value() ? record::precise_number(value.value()) : record::json_of(value);
}

Json json_of(const measure::Processing& how) {
  const bool interpolated = how.spacing_mm.has_value();
  Json document;
  document["spacing_mm"] =
      interpolated ? Json::array({how.spacing_mm->x, how.spacing_mm->y, how.spacing_mm->z}) : Json(nullptr);
  document["interpolation"] =
      interpolated ? Json(how.method == measure::Interpolation::linear ? "linear" : "cubic_spline")
                   : Json(nullptr);
  document["rounded"] = interpolated && how.rounding == measure::Processing::Rounding::whole;
  document["range"] =
      how.lowest || how.highest ? Json::array({or_null(how.lowest), or_null(how.highest)}) : Json(nullptr);
  document["outlier_sd"] = or_null(how.outlier_sd);
  return document;
}

Json json_of(const std::optional<UsedBins>& used) {
  if (!used) return nullptr;
  Json document;
  document["method"] = used->method;
  if (!used->id.empty()) document["id"] = used->id;
  if (used->bins) document["bins"] = *used->bins;
  if (used->width) document["width"] = record::precise_number(*used->width);
  if (used->origin) document["origin"] = record::precise_number(*used->origin);
  return document;
}

Json json_of(const Feature& feature) {
  Json document;
  document["id"] = or_null(feature.id);
  document["name"] = feature.name;
  document["family"] = feature.family;
  document["value"] = precise(feature.value);
  document["unit"] = or_null(feature.unit);
  document["aggregation"] = or_null(feature.aggregation);
  document["discretisation"] = json_of(feature.discretisation);
  Json parameters = Json::object();
  if (!feature.tag.empty()) parameters["tag"] = feature.tag;
  if (!feature.aggregation_id.empty()) parameters["aggregation_id"] = feature.aggregation_id;
  document["parameters"] = parameters;
  return document;
}

std::string shown(const base::Computed<double>& value) {
  return value.has_value() ? fmt::format("{:.6g}", value.value()) : "– (" + value.reason() + ")";
}

}  // namespace

Json json_of(const MeasuredRegion& measured) {
  const space::Geometry& grid = measured.grid;
  Json document;
  document["schema"] = "netpet-measure/1";
  document["image"] = {{"unit", or_null(measured.unit)},
                       {"voxel_mm", {grid.spacing.x, grid.spacing.y, grid.spacing.z}},
                       {"size", grid.size}};
  document["region"] = {{"label", measured.label},
                        {"voxels", measured.voxels},
                        {"volume_ml", record::precise_number(measured.volume_ml)},
                        {"centroid_lps_mm", record::json_of(measured.centroid)},
                        {"voxels_measured", measured.voxels_measured}};
  document["processing"] = json_of(measured.processing);
  document["features"] = Json::array();
  for (const Feature& feature : measured.features) document["features"].push_back(json_of(feature));
  document["warnings"] = record::json_of(measured.warnings);
  return document;
}

std::string csv_of(const MeasuredRegion& measured) {
  std::string csv = "id,name,family,aggregation,value,unit,not_computable\n";
  for (const Feature& f : measured.features)
    csv += fmt::format("{},{},{},{},{},{},{}\n", f.id, f.name, f.family, f.aggregation,
                       f.value.has_value() ? fmt::format("{:.12g}", f.value.value()) : "", f.unit,
                       f.value.reason());
  return csv;
}

std::string text_of(const MeasuredRegion& measured) {
  std::string text = fmt::format("region   label {}: {} voxels, {:.4g} mL; {} measured\n", measured.label,
                                 measured.voxels, measured.volume_ml, measured.voxels_measured);
  std::string family;
  std::size_t textures = 0;
  for (const Feature& feature : measured.features) {
    if (!feature.aggregation.empty()) {
      ++textures;
      continue;
    }
    if (feature.family != family) text += fmt::format("{}\n", family = feature.family);
    text += fmt::format("  {:4}  {:48} {} {}\n", feature.id, feature.name, shown(feature.value),
                        feature.unit == "1" ? "" : feature.unit);
  }
  text += fmt::format("and {} textures: --json or --csv FILE\n", textures);
  for (const record::Warning& warning : measured.warnings)
    text += fmt::format("warning  {}: {}\n", warning.code, warning.message);
  return text;
}

}  // namespace netpet::pipeline
