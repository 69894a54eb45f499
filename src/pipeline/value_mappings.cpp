#include "pipeline/value_mappings.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "dicom/read_rwvm.h"
#include "suv/mapping_check.h"

namespace netpet::pipeline {

std::vector<record::Series> mapping_series(const record::Study& study) {
  std::vector<record::Series> result;
  std::copy_if(study.series.begin(), study.series.end(), std::back_inserter(result),
               [](const record::Series& series) { return series.role == record::SeriesRole::rwvm; });
  return result;
}

void compare_with_mappings(const std::vector<record::Series>& mappings, const record::PetHeader& header,
                           const base::Resources& resources, suv::SuvFactors& factors) {
  std::vector<record::RealWorldValueMappings> objects;
  for (const record::Series& series : mappings) {
    try {
      auto read = dicom::read_rwvm(series);
      std::move(read.begin(), read.end(), std::back_inserter(objects));
    } catch (const base::Error& error) {
      if (error.kind() != base::ErrorKind::input) throw;
      factors.warnings.push_back({error.code(), error.message()});
    }
  }
  const suv::MappingCheck check = suv::check_mappings(header, factors, objects, resources);
  factors.provenance.steps.insert(factors.provenance.steps.end(), check.steps.begin(), check.steps.end());
  factors.warnings.insert(factors.warnings.end(), check.warnings.begin(), check.warnings.end());
}

}  // namespace netpet::pipeline
