#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "anatomy/references.h"
#include "lesions/candidates.h"
#include "lesions/normal_spots.h"
#include "lesions/outline.h"
#include "pipeline/load_scan.h"
#include "record/review.h"
#include "record/spine_levels.h"
#include "space/transform.h"

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
  std::optional<std::filesystem::path> lesion_mask;  ///< whose regions are the only outlines
  lesions::FoundUptake found;                        ///< before references and outlines
  anatomy::ReferenceResult references;
  std::vector<lesions::Candidate> candidates;  ///< of which the outlines were made; none with a mask
  std::vector<lesions::Outline> outlines;
  std::vector<lesions::OutlinedSpot> normal_spots;
};

/// What stands out on a scan; with a mask its regions are the outlines. `organs` of the work must be set.
void find_hot_spots(ScanWork& work, const std::optional<std::filesystem::path>& lesion_mask,
                    const base::Resources& resources, const base::Run& run);

/// The voxels of a scan's organs at whose place something stands out on the other scan: a metastasis of the
/// liver that takes up no SSTR is none of its normal tissue, though only FDG shows it. Uptake outside organs
/// and in the gut, which moves, stays out.
image::Region suspected_by(const ScanWork& other, const space::Transform& to_other, const ScanWork& work,
                           const base::Run& run);

/// References clear of what stands out on either scan, then outlines by them, also of uptake that is normal;
/// a supplied mask keeps its own. References that `review` (may be null) sets stand in place of the program's
/// own.
void outline_hot_spots(ScanWork& work, const image::Region& suspected_elsewhere, const record::Review* review,
                       const std::string& organs_source, const base::Resources& resources,
                       const base::Run& run);

}  // namespace netpet::pipeline
