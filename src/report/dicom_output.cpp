#include "report/dicom_output.h"

#include <optional>
#include <string>

#include "dicom/write_capture.h"
#include "dicom/write_pdf.h"
#include "dicom/write_rtstruct.h"
#include "dicom/write_rwvm.h"
#include "report/dicom_segments.h"
#include "report/measurement_report.h"

namespace netpet::report {
namespace {

namespace fs = std::filesystem;
using record::Role;

constexpr int rtstruct_series_number = 9040, pdf_series_number = 9060, capture_series_number = 9070;

/// Writes a Segmentation where there is anything to show.
std::optional<WrittenSegments> write_segments(const dicom::Segmentation& segmentation,
                                              const dicom::SourceSeries& source, const fs::path& file) {
  if (segmentation.segments.empty()) return std::nullopt;
  WrittenSegments written{dicom::write_seg(segmentation, source, file), {}};
  for (const dicom::Segment& segment : segmentation.segments) written.labels.push_back(segment.label);
  return written;
}

ScanObjects write_scan(const ReportInput& input, Role role, const fs::path& folder, const CodedTerms& terms,
                       const Texts& texts) {
  const DicomSource& from = *input.dicom_source(role);
  const auto file = [&](const char* what) {
    return folder / (std::string(what) + "_" + std::string(name_of(role)) + ".dcm");
  };
  ScanObjects written;
  written.series = &from.series;
  written.mapping = dicom::write_rwvm(from.series, from.mapping, file("rwvm"));
  const image::LabelMap* labels = role == Role::sstr ? input.lesions_sstr : input.lesions_fdg;
  if (labels) {
    auto lesions = lesion_segments(input.reading, role, *labels, terms, texts);
    written.lesions = write_segments(lesions, from.series, file("seg_lesions"));
    lesions.series_number = rtstruct_series_number;
    if (written.lesions) dicom::write_rtstruct(lesions, from.series, file("rtstruct_lesions"));
  }
  const ReferenceRegions* regions = role == Role::sstr ? input.sstr_references : input.fdg_references;
  if (regions)
    written.references =
        write_segments(reference_segments(role, *regions, terms), from.series, file("seg_references"));
  return written;
}

/// What belongs to both scans stands in the study of the SSTR scan where there is one.
const DicomSource* source_of(const ReportInput& input) {
  return input.sstr_source ? input.sstr_source : input.fdg_source;
}

}  // namespace

void write_dicom(const ReportInput& input, const std::vector<Projection>& projections, const fs::path& folder,
                 const Texts& texts, const base::Resources& resources) {
  const DicomSource* source = source_of(input);
  if (!source) return;
  make_folder(folder);
  const CodedTerms terms(resources);
  std::optional<ScanObjects> sstr, fdg;
  if (input.sstr_source) sstr = write_scan(input, Role::sstr, folder, terms, texts);
  if (input.fdg_source) fdg = write_scan(input, Role::fdg, folder, terms, texts);
  const auto report =
      measurement_report(input.reading, sstr ? &*sstr : nullptr, fdg ? &*fdg : nullptr, terms, texts);
  dicom::write_sr(report, source->series, folder / "sr.dcm");
  for (const Projection& projection : projections)
    if (const DicomSource* from = input.dicom_source(projection.role))
      dicom::write_capture({projection.picture, "netpet projection", capture_series_number}, from->series,
                           folder / ("mip_" + std::string(name_of(projection.role)) + ".dcm"));
}

void write_dicom_report(const ReportInput& input, const std::string& title, const std::string& pdf,
                        const fs::path& folder) {
  if (const DicomSource* source = source_of(input))
    dicom::write_pdf({pdf, title, "netpet report", pdf_series_number}, source->series, folder / "report.dcm");
}

}  // namespace netpet::report
