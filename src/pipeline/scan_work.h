#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "anatomy/references.h"
#include "lesions/normal_spots.h"
#include "lesions/outline.h"
#include "pipeline/load_scan.h"
#include "record/review.h"
#include "record/spine_levels.h"

namespace netpet::pipeline {

/// One tracer's scan on its way through the stages: everything on the grid of its own PET.
struct ScanWork {
  record::Role role = record::Role::sstr;
  LoadedScan scan;
  image::LabelMap organs;
  image::LabelMap organ_regions;  ///< places of organs without a label, which judge nothing; may be empty
  double organ_error_mm = 0;      ///< how far organ edges may be off: 0 on the map's own scan
  std::map<std::uint16_t, double> organ_confidence;  ///< of labels that the program found by itself
  record::SpineLevels spine_levels;                  ///< of the program's own map of this study
  anatomy::ReferenceResult references;
  std::vector<lesions::Candidate> candidates;  ///< of which the outlines were made; none with a mask
  std::vector<lesions::Outline> outlines;
  std::vector<lesions::OutlinedSpot> normal_spots;
};

/// Candidates, references without them, outlines with the references, also of uptake that is normal; with a
/// mask its regions are the only outlines, and references keep clear of both. `organs` of the work must be
/// set. References that `review` (may be null) sets stand in place of the program's own.
void find_lesions(ScanWork& work, const std::optional<std::filesystem::path>& lesion_mask,
                  const record::Review* review, const std::string& organs_source,
                  const base::Resources& resources, const base::Run& run);

}  // namespace netpet::pipeline
