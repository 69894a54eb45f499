#pragma once

#include <string>
#include <vector>

#include "base/resources.h"
#include "record/pet_header.h"
#include "record/study.h"
#include "suv/suv.h"

namespace netpet::pipeline {

/// The series of Real World Value Mapping objects of a study.
std::vector<record::Series> mapping_series(const record::Study& study);

/// Compares SUV with the mappings that name images of the series (suv/mapping_check.h): agreement becomes a
/// step of the provenance, the rest warnings. An object that cannot be read warns by the code of its refusal.
void compare_with_mappings(const std::vector<record::Series>& mappings, const record::PetHeader& header,
                           const base::Resources& resources, suv::SuvFactors& factors);

}  // namespace netpet::pipeline
