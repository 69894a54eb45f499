#pragma once

#include "pipeline/assemble_lesions.h"
#include "record/review.h"

namespace netpet::pipeline {

/// Puts the reader's words in the place of the program's: status, reason, site and size of the lesions that
/// the review names, before anything is summed or graded. A place means the lesion whose outline holds it,
/// else the one whose middle lies nearest within 15 mm. Refuses a name that no lesion bears
/// (`review_lesion_not_found`) and two words on one lesion (`review_lesion_twice`).
void apply_review(const record::Review& review, const std::optional<record::Registration>& registration,
                  AssembledLesions& assembled);

}  // namespace netpet::pipeline
