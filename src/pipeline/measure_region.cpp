#include "pipeline/measure_region.h"

#include <fmt/format.h>

#include "base/error.h"
#include "dicom/catalogue.h"
#include "dicom/read_ct.h"
#include "image/nifti.h"
#include "measure/quantity.h"
#include "pipeline/suv_series.h"

namespace netpet::pipeline {
namespace {

using base::Error;

/// Half a litre at 0.5 mm, 32 L at 2 mm: more than any lesion, and what all features take minutes for.
constexpr int most_voxels = 4'000'000;

struct LoadedImage {
  image::PetVolume voxels;
  std::string unit;
  std::vector<record::Warning> warnings;
};

std::vector<record::Series> series_of_role(const record::Catalogue& catalogue, record::SeriesRole role) {
  std::vector<record::Series> found;
  for (const auto& patient : catalogue.patients)
    for (const auto& study : patient.studies)
      for (const auto& series : study.series)
        if (series.role == role) found.push_back(series);
  return found;
}

LoadedImage load_ct(const record::Series& series, const dicom::Headers& headers, const base::Run& run) {
  const image::CtVolume ct = dicom::read_ct(series, run, headers);
  return {image::PetVolume(ct.geometry(), std::vector<float>(ct.voxels().begin(), ct.voxels().end())),
          "[hnsf'U]",
          {}};
}

LoadedImage load_dicom(const MeasureRequest& request, const base::Resources& resources,
                       const base::Run& run) {
  dicom::Headers headers;
  const record::Catalogue catalogue = dicom::scan_folder(request.image, headers, run);
  const auto cts = series_of_role(catalogue, record::SeriesRole::ct);
  const bool pet = !series_of_role(catalogue, record::SeriesRole::pet_ac).empty() ||
                   !series_of_role(catalogue, record::SeriesRole::pet_nac).empty();
  if (pet) {
    SuvSeries series = suv_of_folder(request.image, request.accepted, resources, run);
    return {std::move(series.suv), series.provenance.unit, std::move(series.warnings)};
  }
  if (cts.empty())
    throw Error::input("no_image_series", "the folder holds neither a PET nor a CT series")
        .in_file(request.image.string());
  if (cts.size() > 1)
    throw Error::input("several_ct_series",
                       fmt::format("the folder holds {} CT series; give the folder of one", cts.size()))
        .in_file(request.image.string());
  return load_ct(cts.front(), headers, run);
}

LoadedImage load(const MeasureRequest& request, const base::Resources& resources, const base::Run& run) {
  if (std::filesystem::is_directory(request.image)) return load_dicom(request, resources, run);
  return {image::read_nifti_float(request.image), request.unit, {}};
}

UsedBins used_bins(const measure::Discretisation& how) {
  using Method = measure::Discretisation::Method;
  if (how.method == Method::fixed_bin_number) return {"fixed_bin_number", "K15C", how.bins, {}, {}};
  if (how.method == Method::fixed_bin_size) return {"fixed_bin_size", "Q3RU", {}, how.width, how.origin};
  return {"none", "", {}, {}, {}};
}

UsedBins used_bins(const measure::VolumeHistogramBins& how) {
  using Method = measure::VolumeHistogramBins::Method;
  if (how.method == Method::fixed_bin_number) return {"fixed_bin_number", "K15C", how.bins, {}, {}};
  if (how.method == Method::fixed_bin_size) return {"fixed_bin_size", "Q3RU", {}, how.width, {}};
  return {"none", "", {}, {}, {}};
}

/// Nothing for what looks at intensities and shapes alone.
std::optional<UsedBins> bins_behind(const measure::Quantity& quantity, const measure::Measured& measured) {
  if (quantity.aggregation != measure::Aggregation::none || quantity.family == "intensity histogram")
    return used_bins(measured.levels().used);
  if (quantity.family == "intensity-volume histogram") return used_bins(measured.volume_histogram().used);
  return std::nullopt;
}

std::vector<Feature> features_of(const measure::Measured& measured, const std::string& unit,
                                 const base::Run& run) {
  constexpr std::size_t kLengthOfIbsiCodes = 4;
  const std::vector<measure::Quantity> quantities = measure::all_quantities();
  std::vector<Feature> features;
  for (const measure::Quantity& quantity : quantities) {
    run.throw_if_stopped();
    Feature feature;
    feature.id = quantity.id.size() == kLengthOfIbsiCodes ? quantity.id : "";
    feature.name = quantity.name;
    feature.family = quantity.family;
    feature.unit = measure::unit_of(quantity, unit);
    feature.aggregation = measure::label_of(quantity.aggregation);
    feature.aggregation_id = measure::id_of(quantity.aggregation);
    feature.tag = quantity.tag.empty() || feature.aggregation.empty()
                      ? quantity.tag
                      : quantity.tag + "_" + feature.aggregation;
    feature.value = quantity.measure(measured);
    feature.discretisation = bins_behind(quantity, measured);
    features.push_back(std::move(feature));
    run.fraction(static_cast<double>(features.size()) / static_cast<double>(quantities.size()));
  }
  return features;
}

space::PointLps centroid_of(const space::Geometry& grid, const image::Region& region) {
  space::ContinuousIjk mean;
  for (const std::size_t voxel : region) {
    const space::IndexIjk at = grid.index(voxel);
    mean.i += at.i / static_cast<double>(region.size());
    mean.j += at.j / static_cast<double>(region.size());
    mean.k += at.k / static_cast<double>(region.size());
  }
  return grid.to_lps(mean);
}

/// Before anything is interpolated: as many voxels as the region will have.
void refuse_too_large(std::size_t drawn, const space::Geometry& grid, const measure::Processing& how) {
  double voxels = static_cast<double>(drawn);
  if (how.spacing_mm)
    for (int axis = 0; axis < 3; ++axis)
      if ((*how.spacing_mm)[axis] > 0) voxels *= grid.spacing[axis] / (*how.spacing_mm)[axis];
  if (voxels > most_voxels)
    throw Error::input(
        "region_too_large",
        fmt::format("{:.0f} voxels are to be measured, and {} are the most: choose larger ones "
                    "with --spacing",
                    voxels, most_voxels));
}

}  // namespace

MeasuredRegion measure_region(const MeasureRequest& request, const base::Resources& resources,
                              const base::Run& run) {
  run.stage("image");
  LoadedImage image = load(request, resources, run);
  run.stage("mask");
  const LabelledRegion drawn =
      region_of_mask(request.mask, request.label, image.voxels.geometry(), request.mask_grid, run);
  MeasuredRegion result;
  result.unit = image.unit;
  result.grid = image.voxels.geometry();
  result.label = drawn.label;
  result.voxels = drawn.region.size();
  result.volume_ml = static_cast<double>(result.voxels) * result.grid.voxel_volume_ml();
  result.centroid = centroid_of(result.grid, drawn.region);
  result.processing = request.processing;
  result.warnings = std::move(image.warnings);
  result.warnings.insert(result.warnings.end(), drawn.warnings.begin(), drawn.warnings.end());
  refuse_too_large(drawn.region.size(), result.grid, request.processing);
  run.stage("features");
  const measure::Processed processed = measure::process(image.voxels, drawn.region, request.processing);
  if (processed.intensity.empty())
    throw Error::input("region_empty", "interpolation and re-segmentation left no voxel of the region");
  result.voxels_measured = processed.intensity.size();
  const measure::Measured measured(
      processed.image, processed.shape, processed.intensity,
      {request.texture, request.volume_histogram, request.processing.lowest, request.processing.highest});
  result.features = features_of(measured, image.unit, run);
  return result;
}

}  // namespace netpet::pipeline
