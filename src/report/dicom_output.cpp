#include "report/dicom_output.h"

#include <optional>
#include <string>

#include "base/error.h"
#include "dicom/write_rwvm.h"
#include "report/dicom_segments.h"

namespace netpet::report {
namespace {

namespace fs = std::filesystem;
using record::Role;

/// The objects of one tracer's series.
struct ObjectsOfScan {
  dicom::WrittenObject mapping;
  std::optional<dicom::WrittenObject> lesions, references;
};

ObjectsOfScan write_scan(const ReportInput& input, Role role, const fs::path& folder, const CodedTerms& terms,
                         const Texts& texts) {
  const DicomSource& from = *input.dicom_source(role);
  const auto file = [&](const char* what) {
    return folder / (std::string(what) + "_" + std::string(name_of(role)) + ".dcm");
  };
  ObjectsOfScan written{dicom::write_rwvm(from.series, from.mapping, file("rwvm")), {}, {}};
  const image::LabelMap* labels = role == Role::sstr ? input.lesions_sstr : input.lesions_fdg;
  if (labels) {
    const auto lesions = lesion_segments(input.reading, role, *labels, terms, texts);
    if (!lesions.segments.empty())
      written.lesions = dicom::write_seg(lesions, from.series, file("seg_lesions"));
  }
  const ReferenceRegions* regions = role == Role::sstr ? input.sstr_references : input.fdg_references;
  if (regions) {
    const auto references = reference_segments(role, *regions, terms);
    if (!references.segments.empty())
      written.references = dicom::write_seg(references, from.series, file("seg_references"));
  }
  return written;
}

}  // namespace

void write_dicom(const ReportInput& input, const fs::path& folder, const Texts& texts,
                 const base::Resources& resources, const base::Run& run) {
  if (!input.dicom_source(Role::sstr) && !input.dicom_source(Role::fdg)) return;
  make_folder(folder);
  const CodedTerms terms(resources);
  for (const Role role : {Role::sstr, Role::fdg}) {
    run.throw_if_stopped();
    if (input.dicom_source(role)) write_scan(input, role, folder, terms, texts);
  }
}

}  // namespace netpet::report
