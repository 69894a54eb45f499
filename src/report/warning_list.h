#pragma once

#include <string>
#include <vector>

#include "record/reading.h"
#include "report/texts.h"

namespace netpet::report {

/// A warning of a reading with the part that it concerns ("FDG", "Alignment"), empty for the whole.
struct PlacedWarning {
  std::string where;
  record::Warning warning;
};

/// Every warning of a reading, first what can change a grade.
std::vector<PlacedWarning> warning_list(const record::Reading& reading, const Texts& texts);

}  // namespace netpet::report
