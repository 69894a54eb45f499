#pragma once

#include <optional>
#include <vector>

#include "image/volume.h"
#include "lesions/pair.h"
#include "pipeline/scan_work.h"
#include "record/lesion.h"
#include "record/registration.h"
#include "record/review.h"

namespace netpet::pipeline {

/// The lesions of a reading, numbered, and their outlines as label maps (label n = "Ln") on each tracer's own
/// grid; a map is empty where that scan was not given.
struct AssembledLesions {
  std::vector<record::Lesion> lesions;
  std::vector<lesions::PairedLesion> outlines;  ///< of each; `parent` and `touches` are left out
  image::LabelMap sstr_labels;
  image::LabelMap fdg_labels;
};

/// Pairs the outlines of both scans, judges each lesion, and measures it on each tracer's own grid: in its
/// outline where it has one, else in the other tracer's outline carried there. Lesions that `review` (may be
/// null) adds are measured in the same way, those without an outline in a ball of their size. Two scans
/// without a registration are described apart: nothing is paired or carried over, and a lesion of FDG has a
/// place in that scan only; a lesion that `review` adds on FDG is refused then (`review_scans_not_aligned`).
AssembledLesions assemble_lesions(const std::optional<ScanWork>& sstr, const std::optional<ScanWork>& fdg,
                                  const std::optional<record::Registration>& registration,
                                  const record::Review* review, const base::Resources& resources,
                                  const base::Run& run);

}  // namespace netpet::pipeline
