#include "report/column_widths.h"

#include <algorithm>

namespace netpet::report {

std::vector<double> column_widths(const std::vector<ColumnNeed>& needs, double available) {
  double least = 0, lacking = 0;
  for (const ColumnNeed& need : needs) {
    least += need.least;
    lacking += need.natural - need.least;
  }
  if (least > available) return {};
  const double share = lacking > 0 ? std::min(1.0, (available - least) / lacking) : 0;
  std::vector<double> widths;
  widths.reserve(needs.size());
  for (const ColumnNeed& need : needs) widths.push_back(need.least + share * (need.natural - need.least));
  return widths;
}

}  // namespace netpet::report
