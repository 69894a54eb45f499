#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lesions/outline.h"
#include "lesions/rules.h"
#include "lesions/unlabelled_organ.h"

namespace netpet::lesions {

/// For each outline of one scan the paired structure of which it is a side, in words; nothing where it is
/// none: tonsils and salivary glands of head and neck, the lobes of the thyroid, the adrenals. Sides are
/// small, of like uptake and mirrored at the midline, each with one counterpart; thyroid, adrenals
/// and, on SSTR, salivary glands may exceed the limit of a single one.
std::vector<std::optional<std::string>> find_symmetric_pairs(const std::vector<const Outline*>& outlines,
                                                             const space::Geometry& grid, record::Role role,
                                                             const Landmarks& landmarks,
                                                             const VerdictRules& verdicts,
                                                             const std::vector<TissueRule>& rules);

}  // namespace netpet::lesions
