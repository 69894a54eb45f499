#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/parallel_for.h"
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

/// Draws what the volumes of `input` allow, each picture by a job of its own. Both projections have the same
/// scale in millimetres. `input` and `texts` outlive it.
class ReportDrawing {
 public:
  ReportDrawing(const ReportInput& input, const Texts& texts);
  ReportDrawing(const ReportDrawing&) = delete;
  ReportDrawing& operator=(const ReportDrawing&) = delete;

  /// Adds the jobs, the longest first.
  void add_to(base::Jobs& jobs);
  /// What was drawn, once all jobs are done.
  DrawnReport taken();

 private:
  struct LesionPngs {
    std::string large, small;
  };

  void draw_coronal();
  void draw_lesion(std::size_t rank);
  void draw_references();
  void draw_alignment();
  void draw_histogram();

  const ReportInput& input_;
  const Texts& texts_;
  std::vector<const record::Lesion*> lesions_;  // that count, the most important first
  std::vector<LesionPngs> lesion_pngs_;
  std::map<record::Role, std::string> coronal_, sagittal_;  // PNGs
  DrawnReport drawn_;
};

}  // namespace netpet::report
