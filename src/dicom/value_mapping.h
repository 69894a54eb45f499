#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dicom/attributes.h"
#include "record/real_world_value_mapping.h"

namespace netpet::dicom {

/// The items of (0040,9096), of a data set or of a frame.
std::vector<record::RealWorldValueMapping> mappings_of(const Attributes& attributes);

/// The units of a mapping in the terms of classic PET: (0054,1001) and (0054,1006). "Bq/ml" is BQML,
/// "g/ml{SUVbw}" (or, as older writers have it, "{SUVbw}g/ml") GML of the type BW, and so on; a unit without
/// such a term is kept as it stands.
struct MappedUnits {
  std::string units;
  std::string suv_type;
  bool operator==(const MappedUnits&) const = default;
};
MappedUnits units_of(const record::Code& unit);

}  // namespace netpet::dicom
