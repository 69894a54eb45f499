#pragma once

#include <string>
#include <utility>
#include <vector>

#include "record/reading.h"
#include "report/document.h"
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
  std::string phenotypes;      ///< SSTR against FDG uptake of the lesions' voxels
};

/// The report of a reading: on the first page what a tumour board reads, then what it rests on.
Document reading_report(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts);

}  // namespace netpet::report
