#pragma once

#include <vector>

namespace netpet::report {

/// What the words of a table column ask for, in any unit.
struct ColumnNeed {
  double least = 0;    ///< of the longest word
  double natural = 0;  ///< of the longest line
};

/// Shares `available` among columns: each gets its least width, and of what is left as much as it lacks to
/// its natural width, in proportion to that lack. Widths are not stretched beyond the natural ones. Empty
/// where not even the least widths fit.
std::vector<double> column_widths(const std::vector<ColumnNeed>& needs, double available);

}  // namespace netpet::report
