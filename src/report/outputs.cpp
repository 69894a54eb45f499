#include "report/outputs.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

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

using Jobs = std::vector<std::function<void()>>;

/// Compressing is what takes the time, so every file is a job of its own.
void add_volumes(Jobs& jobs, const ReportInput& input, const fs::path& folder) {
  make_folder(folder);
  const auto add = [&](const auto* volume, const char* name) {
    if (volume) jobs.emplace_back([volume, file = folder / name] { image::write_nifti(*volume, file); });
  };
  add(input.sstr_suv, "sstr_suv.nii.gz");
  add(input.fdg_suv, "fdg_suv.nii.gz");
  add(input.fdg_on_sstr_suv, "fdg_on_sstr_suv.nii.gz");
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
  const DrawnReport drawn = draw_report(input, texts, run);
  make_folder(folder / "images");
  for (const NamedPicture& picture : drawn.files)
    base::write_file(folder / "images" / picture.file_name, picture.png);
  const Document report = reading_report(input.reading, drawn.page, texts);
  std::string pdf;
  Jobs jobs{[&] { base::write_file(folder / "report.pdf", pdf = to_pdf(report)); },
            [&] { base::write_file(folder / "report.html", to_html(report)); },
            [&] { base::write_file(folder / "report.txt", to_plain_text(report)); }};
  add_volumes(jobs, input, folder / "volumes");
  base::parallel_for(run, jobs.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t job = begin; job < end; ++job) jobs[job]();
  });
  write_dicom(input, {report.title, pdf, drawn.projections}, folder / "dicom", texts, resources, run);
  return document;
}

}  // namespace netpet::report
