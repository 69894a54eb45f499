#pragma once

#include <string>
#include <utility>
#include <vector>

#include "record/reading.h"
#include "report/texts.h"

namespace netpet::report {

/// The pictures of a report as PNG bytes; an empty one is left out.
struct ReportPictures {
  std::string projections;                                   ///< both tracers side by side
  std::string target;                                        ///< axial slices through the target lesion
  std::vector<std::pair<std::string, std::string>> lesions;  ///< of the most important ones: id and slices
  std::string references;
  std::string registration;
  std::size_t unnumbered = 0;  ///< lesions that are outlined but not numbered
};

/// report.html: one self-contained page without scripts or links to anything outside of it, for screen and
/// print. Every text of a header is escaped.
std::string html_report(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts);

}  // namespace netpet::report
