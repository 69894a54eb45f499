#pragma once

#include <map>
#include <optional>
#include <string>

#include "space/vec3.h"

namespace netpet::record {

/// Normal tissue that uptake is compared with: liver, blood pool, spleen … SUV in g/mL.
struct Reference {
  double mean = 0;
  double sd = 0;  ///< over voxels, population SD
  std::optional<double> max;
  std::optional<double> volume_ml;
  std::optional<space::PointLps> centroid_lps_mm;  ///< in the patient space of the tracer's own scan
  std::string source = "auto";                     ///< auto, imported, reader
  std::string note;  ///< what the reader must know ("5 mL only: liver full of lesions")
  bool operator==(const Reference&) const = default;
};

/// By name: "liver", "blood_pool", "spleen", "marrow", "pancreas", "muscle", "lung", "brain", "adrenal".
using References = std::map<std::string, Reference>;

}  // namespace netpet::record
