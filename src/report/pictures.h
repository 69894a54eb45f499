#pragma once

#include <string>
#include <vector>

#include "image/png.h"
#include "report/outputs.h"
#include "report/reading_report.h"

namespace netpet::report {

/// A picture file of the output folder.
struct NamedPicture {
  std::string file_name;  ///< "mip_sstr.png"
  std::string png;
};

/// The coronal projection of a tracer with its lesions marked.
struct Projection {
  record::Role role = record::Role::sstr;
  image::Picture picture;
};

/// Everything that is drawn for a reading: the pictures of the page and the files of images/.
struct DrawnReport {
  ReportPictures page;
  std::vector<NamedPicture> files;
  std::vector<Projection> projections;
};

/// Draws what the volumes of `input` allow. Both projections have the same scale in millimetres.
DrawnReport draw_report(const ReportInput& input, const Texts& texts, const base::Run& run);

}  // namespace netpet::report
