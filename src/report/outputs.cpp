#include "report/outputs.h"

#include <nlohmann/json.hpp>
#include <system_error>

#include "base/parallel_for.h"
#include "base/staged_output.h"
#include "image/nifti.h"
#include "record/json.h"
#include "report/csv.h"
#include "report/dicom_output.h"
#include "report/fhir.h"
#include "report/html.h"
#include "report/pdf.h"
#include "report/pictures.h"
#include "report/plain_text.h"

namespace netpet::report {
namespace {

namespace fs = std::filesystem;

/// Compressing is what takes the time, so every file is a job of its own.
void add_volumes(base::Jobs& jobs, const ReportInput& input, const fs::path& folder) {
  make_folder(folder);
  const auto add = [&](const auto* volume, const char* name, auto... values) {
    if (volume)
      jobs.emplace_back([=, file = folder / name] { image::write_nifti(*volume, file, values...); });
  };
  add(input.fdg_on_sstr_suv, "fdg_on_sstr_suv.nii.gz", image::Values::interpolated);
  add(input.sstr_suv, "sstr_suv.nii.gz");
  add(input.fdg_suv, "fdg_suv.nii.gz");
  add(input.lesions_sstr, "lesions_sstr.nii.gz");
  add(input.lesions_fdg, "lesions_fdg.nii.gz");
  add(input.organs, "organs.nii.gz");
}

}  // namespace

void make_folder(const fs::path& folder) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault)
    throw base::Error::environment("output_not_writable",
                                   "cannot make the folder " + folder.string() + ": " + fault.message())
        .in_file(folder.string());
}

std::string write_outputs(const ReportInput& input, const fs::path& folder, const base::Resources& resources,
                          const base::Run& run) {
  const Texts texts(resources);
  std::string document = record::text_of(record::json_of(input.reading));
  base::write_file(folder / "reading.json", document);
  base::write_file(folder / "lesions.csv", lesions_csv(input.reading));
  base::write_file(folder / "fhir.json", fhir_bundle(input.reading, resources));

  run.stage("pictures and volumes");
  base::Jobs jobs;
  add_volumes(jobs, input, folder / "volumes");
  ReportDrawing drawing(input, texts);
  drawing.add_to(jobs);
  base::in_parallel(run, jobs);
  const DrawnReport drawn = drawing.taken();
  make_folder(folder / "images");
  for (const NamedPicture& picture : drawn.files)
    base::write_file(folder / "images" / picture.file_name, picture.png);

  run.stage("report and DICOM objects");
  const Document report = reading_report(input.reading, drawn.page, texts);
  const fs::path dicom = folder / "dicom";
  std::string pdf;
  base::in_parallel(run, {[&] { base::write_file(folder / "report.pdf", pdf = to_pdf(report)); },
                          [&] { write_dicom(input, drawn.projections, dicom, texts, resources); },
                          [&] { base::write_file(folder / "report.html", to_html(report)); },
                          [&] { base::write_file(folder / "report.txt", to_plain_text(report)); }});
  write_dicom_report(input, report.title, pdf, dicom);
  return document;
}

}  // namespace netpet::report
