#include "pipeline/add_regions.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "lesions/organ_regions.h"

namespace netpet::pipeline {

void add_regions(anatomy::OrganMap& map, const MappedScan& scan, const base::Resources& resources,
                 const base::Run& run) {
  lesions::OrganRegions found =
      lesions::find_organ_regions({map.labels, map.confidence, scan.ct, scan.suv, scan.role}, resources, run);
  map.regions = std::move(found.labels);
  map.confidence.insert(found.confidence.begin(), found.confidence.end());
  std::string missing;
  for (const record::Organ region : found.not_found)
    missing += fmt::format("{}{}", missing.empty() ? "" : ", ", record::name_of(region));
  if (!missing.empty()) map.warnings.push_back({"organ_not_found", fmt::format("Not found: {}.", missing)});
}

}  // namespace netpet::pipeline
