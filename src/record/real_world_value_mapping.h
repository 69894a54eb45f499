#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/code.h"

namespace netpet::record {

/// How stored pixel values stand for something in the world: (0040,9096). Value = stored · slope + intercept,
/// for the stored value itself and not for the rescaled one.
struct RealWorldValueMapping {
  std::optional<double> slope;      ///< nothing where the mapping is a table
  std::optional<double> intercept;  ///< as above
  std::optional<double> first;      ///< least stored value that has a meaning
  std::optional<double> last;       ///< greatest such value
  Code unit;                        ///< (0040,08EA), by UCUM "Bq/ml", "g/ml{SUVbw}"
  std::optional<Code> quantity;     ///< (0040,9220): what is measured, "126400 DCM Standardized Uptake Value"
  std::optional<Code> method;       ///< (0040,9220): how, "126410 DCM SUV body weight calculation method"
  std::string label;                ///< (0040,9210)
  bool operator==(const RealWorldValueMapping&) const = default;
};

/// Images that share their mappings.
struct MappedImages {
  struct Reference {
    std::string sop_instance_uid;
    std::vector<int> frames;  ///< from 1; all where empty
    bool operator==(const Reference&) const = default;
  };
  std::vector<Reference> images;
  std::vector<RealWorldValueMapping> mappings;
};

/// One Real World Value Mapping object.
struct RealWorldValueMappings {
  std::string file;
  std::string sop_instance_uid;
  std::vector<MappedImages> groups;
};

}  // namespace netpet::record
