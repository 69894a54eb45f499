#pragma once

#include <span>
#include <vector>

namespace netpet::base {

/// The middle value of all values of several sorted lists (the upper one of the two in an even number), which
/// `median_of` has too where they are put together; here nothing but the middles of the lists is looked at.
/// Refuses (our bug) no values.
float median_of_sorted(std::vector<std::span<const float>> lists);

}  // namespace netpet::base
