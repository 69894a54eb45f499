#include "pipeline/suv_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/error.h"
#include "dicom/catalogue.h"
#include "dicom/read_pet.h"
#include "dicom/write_rwvm.h"
#include "pipeline/select_scans.h"
#include "pipeline/value_mappings.h"
#include "suv/image_review.h"
#include "suv/suv.h"
#include "suv/tracer_recognition.h"

namespace netpet::pipeline {
namespace {

using record::Series;
using record::SeriesRole;

void add_once(std::vector<record::Warning>& warnings, const std::vector<record::Warning>& more) {
  for (const record::Warning& one : more)
    if (std::find(warnings.begin(), warnings.end(), one) == warnings.end()) warnings.push_back(one);
}

struct PetOfStudy {
  Series pet;
  std::vector<Series> mappings;
};

PetOfStudy single_pet(const record::Catalogue& catalogue, const std::filesystem::path& folder) {
  std::vector<PetOfStudy> corrected;
  bool uncorrected = false;
  for (const record::PatientStudies& patient : catalogue.patients) {
    for (const record::Study& study : patient.studies) {
      for (const Series& series : study.series) {
        if (series.role == SeriesRole::pet_ac) corrected.push_back({series, mapping_series(study)});
        uncorrected = uncorrected || series.role == SeriesRole::pet_nac;
      }
    }
  }
  if (corrected.size() > 1) {
    throw base::Error::input(
        "several_pet_series",
        fmt::format("the folder holds {} PET series: name the folder of one", corrected.size()))
        .in_file(folder.string());
  }
  if (corrected.empty()) {
    throw base::Error::input(
        uncorrected ? "nac_only" : "no_pet",
        uncorrected ? "the folder holds only PET without attenuation correction, which has no SUV"
                    : "the folder holds no PET series")
        .in_file(folder.string());
  }
  return corrected.front();
}

}  // namespace

SuvSeries suv_of_folder(const std::filesystem::path& folder, const std::set<std::string>& accepted,
                        const base::Resources& resources, const base::Run& run, suv::SuvType type) {
  run.stage("headers");
  dicom::Headers headers;
  const record::Catalogue catalogue = dicom::scan_folder(folder, headers, run);
  const auto [series, mappings] = single_pet(catalogue, folder);
  run.stage(fmt::format("PET: {} slices", series.files.size()));
  dicom::PetSeries pet = dicom::read_pet(series, run, headers);
  suv::SuvFactors factors = suv::suv_factors(pet.header, resources, accepted, type);
  compare_with_mappings(mappings, pet.header, resources, factors);
  suv::apply(factors, pet.pixels, run);

  SuvSeries result;
  result.series = series;
  result.factors = factors.per_slice;
  const auto [least, greatest] = std::minmax_element(pet.pixels.voxels().begin(), pet.pixels.voxels().end());
  result.min = *least;
  result.max = *greatest;
  result.mean = std::accumulate(pet.pixels.voxels().begin(), pet.pixels.voxels().end(), 0.0) /
                static_cast<double>(pet.pixels.voxels().size());
  result.suv = std::move(pet.pixels);
  result.provenance = factors.provenance;
  add_once(result.warnings, factors.warnings);
  add_once(result.warnings, suv::review_image(result.suv, factors.provenance, resources, run));
  const suv::RecognisedTracer recognised = suv::recognise_tracer(pet.header, resources);
  result.tracer = recognised.tracer;
  add_once(result.warnings, recognised.warnings);
  add_once(result.warnings, series.problems);
  if (!catalogue.unreadable.empty()) result.warnings.push_back(skipped_files(catalogue));
  return result;
}

void write_mapping(const SuvSeries& series, const std::filesystem::path& file, const base::Run& run) {
  dicom::write_rwvm(dicom::source_series(series.series, run), {series.provenance.type, series.factors}, file);
}

record::Json json_of(const SuvSeries& series) {
  const space::Geometry& grid = series.suv.geometry();
  const record::SuvProvenance& p = series.provenance;
  record::Json document;
  document["factor"] =
      record::Json::array({record::precise_number(p.factor[0]), record::precise_number(p.factor[1])});
  document["rule"] = p.rule;
  document["type"] = p.type;
  document["unit"] = p.unit;
  document["min"] = record::number(series.min);
  document["max"] = record::number(series.max);
  document["mean"] = record::number(series.mean);
  document["voxel_mm"] = record::Json::array(
      {record::number(grid.spacing.x), record::number(grid.spacing.y), record::number(grid.spacing.z)});
  document["size"] = grid.size;
  document["provenance"] = record::json_of(p);
  document["warnings"] = record::json_of(series.warnings);
  return document;
}

std::string text_of(const SuvSeries& series) {
  const space::Geometry& grid = series.suv.geometry();
  const record::SuvProvenance& p = series.provenance;
  std::string text = p.factor[0] == p.factor[1]
                         ? fmt::format("factor   {:.8g}\n", p.factor[0])
                         : fmt::format("factor   {:.5g} … {:.8g}\n", p.factor[0], p.factor[1]);
  text += fmt::format("rule     {}\n", p.rule);
  text += fmt::format("SUV{}    {:.4g} … {:.4g}, mean {:.4g} {}\n", p.type, series.min, series.max,
                      series.mean, p.unit);
  text += fmt::format("grid     {} × {} × {} voxels of {:.4g} × {:.4g} × {:.4g} mm\n", grid.size[0],
                      grid.size[1], grid.size[2], grid.spacing.x, grid.spacing.y, grid.spacing.z);
  for (const std::string& step : p.steps) text += fmt::format("         {}\n", step);
  for (const record::Warning& warning : series.warnings) {
    text += fmt::format("warning  {}: {}\n", warning.code, warning.message);
  }
  return text;
}

}  // namespace netpet::pipeline
