#pragma once

#include <string>
#include <vector>

#include "base/resources.h"
#include "record/pet_header.h"
#include "record/real_world_value_mapping.h"
#include "record/warning.h"
#include "suv/suv.h"

namespace netpet::suv {

struct MappingCheck {
  std::vector<std::string> steps;
  std::vector<record::Warning> warnings;
};

/// Compares our SUV with the real world value mappings to SUV of the same type that name images of the
/// series, or stand in the images themselves. The standard maps stored values; a mapping that fits the
/// rescaled ones instead, as some programs write it, counts as well and is told so. Over 1 % apart warns
/// `rwvm_differs`.
MappingCheck check_mappings(const record::PetHeader& header, const SuvFactors& factors,
                            const std::vector<record::RealWorldValueMappings>& objects,
                            const base::Resources& resources);

}  // namespace netpet::suv
