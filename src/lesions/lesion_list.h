#pragma once

#include <vector>

#include "record/lesion.h"

namespace netpet::lesions {

/// The order in which lesions are numbered: head to feet, then right to left, then front to back, by the
/// centroid in SSTR space (FDG space where there is none). Positions are compared in steps of 1 mm, so that
/// rounding never swaps two lesions. Returns for each place in the list the index of the lesion that stands
/// there.
std::vector<std::size_t> reading_order(const std::vector<record::Lesion>& lesions);

/// Sorts the lesions into reading order and names them L1, L2, …; `parent` follows. Returns where each lesion
/// came from: place → former index.
std::vector<std::size_t> number_lesions(std::vector<record::Lesion>& lesions);

}  // namespace netpet::lesions
