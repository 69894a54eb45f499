#pragma once

#include <string>
#include <vector>

#include "report/outputs.h"
#include "report/reading_report.h"

namespace netpet::report {

/// A picture file of the output folder.
struct NamedPicture {
  std::string file_name;  ///< "mip_sstr.png"
  std::string png;
};

/// Everything that is drawn for a reading: the pictures of the page and the files of images/.
struct DrawnReport {
  ReportPictures page;
  std::vector<NamedPicture> files;
};

/// Draws what the volumes of `input` allow. Both projections have the same scale in millimetres.
DrawnReport draw_report(const ReportInput& input, const Texts& texts, const base::Run& run);

}  // namespace netpet::report
