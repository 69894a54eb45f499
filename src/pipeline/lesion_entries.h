#pragma once

#include <optional>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "lesions/classify.h"
#include "lesions/pair.h"
#include "pipeline/added_lesions.h"
#include "pipeline/placing.h"
#include "record/review.h"

namespace netpet::pipeline {

/// What one lesion is made of. An `outlines.parent` is an index into the same list.
struct LesionEntry {
  lesions::PairedLesion outlines;
  lesions::Verdict verdict;
  std::optional<AddedLesion> added;

  bool has_outline() const { return outlines.sstr || outlines.fdg; }
  /// Whether a mask that came with the request drew it.
  bool is_supplied() const;
};

/// The outlines of both scans paired and judged, foci of another phenotype in masses that count taken out,
/// each with the verdict on its mass; then uptake that is normal; then what `review` (may be null) adds.
std::vector<LesionEntry> lesion_entries(const Placing& placing, const record::Review* review,
                                        const base::Resources& resources, const base::Run& run);

}  // namespace netpet::pipeline
