#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "measure/measured.h"
#include "measure/process.h"
#include "pipeline/region_of_mask.h"
#include "record/json.h"

namespace netpet::pipeline {

struct MeasureRequest {
  std::filesystem::path image;  ///< NIfTI file, or folder of one DICOM series: PET becomes SUVbw, CT is in HU
  std::filesystem::path mask;   ///< NIfTI label map, SEG or RTSTRUCT
  std::optional<std::string> label;  ///< number or name; needed where the mask holds several
  std::string unit;                  ///< of a NIfTI image's intensities; empty where unknown
  MaskGrid mask_grid = MaskGrid::refuse;
  measure::Processing processing;
  measure::Discretisation texture;
  measure::VolumeHistogramBins volume_histogram;
  std::set<std::string> accepted;  ///< refusals of SUV to go on in spite of
};

/// The bins behind a feature, as they were used.
struct UsedBins {
  std::string method, id;  ///< "none", "fixed_bin_number", "fixed_bin_size"; IBSI's code, empty for none
  std::optional<int> bins;
  std::optional<double> width, origin;
};

struct Feature {
  std::string id;  ///< IBSI's code; empty where there is none
  std::string name, family, unit, tag;
  std::string aggregation, aggregation_id;  ///< empty where the feature has none
  base::Computed<double> value;
  std::optional<UsedBins> discretisation;  ///< of histograms and textures
};

/// Every quantity of one region of one image.
struct MeasuredRegion {
  std::string unit;      ///< of the image's intensities
  space::Geometry grid;  ///< of the image as it was read
  int label = 0;
  std::size_t voxels = 0;  ///< of the region as drawn, on the image's own grid
  double volume_ml = 0;
  space::PointLps centroid;
  std::size_t voxels_measured = 0;  ///< after interpolation and re-segmentation
  measure::Processing processing;
  std::vector<Feature> features;
  std::vector<record::Warning> warnings;
};

/// Refuses what `region_of_mask` refuses, `region_too_large`, `region_empty` (re-segmentation left nothing),
/// `no_image_series`, `several_ct_series`, and what reading, SUV and grey levels refuse.
MeasuredRegion measure_region(const MeasureRequest& request, const base::Resources& resources,
                              const base::Run& run);

/// The document of `measure --json`, schema netpet-measure/1.
record::Json json_of(const MeasuredRegion& measured);
/// One line a feature: id,name,family,aggregation,value,unit,not_computable.
std::string csv_of(const MeasuredRegion& measured);
/// For a reader at a terminal: without the textures, of which there are hundreds.
std::string text_of(const MeasuredRegion& measured);

}  // namespace netpet::pipeline
