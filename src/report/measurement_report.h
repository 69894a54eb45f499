#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dicom/write_sr.h"
#include "report/coded_terms.h"
#include "report/outputs.h"
#include "report/texts.h"

/// A reading as a structured report, PS3.16 TID 1500 "Measurement Report".
namespace netpet::report {

/// A written Segmentation and what its segments are called, from segment 1 on.
struct WrittenSegments {
  dicom::WrittenObject object;
  std::vector<std::string> labels;
  /// The number of a segment, 0 where there is none of that name.
  int number_of(const std::string& label) const;
};

/// The objects of one tracer's series that a report refers to.
struct ScanObjects {
  const dicom::SourceSeries* series = nullptr;
  dicom::WrittenObject mapping;
  std::optional<WrittenSegments> lesions, references;
};

/// The report: a measurement group for each lesion on each tracer and for each reference region, tumour
/// burden, and the patient's grades. Numbers have the digits of reading.json. `sstr` and `fdg` are null where
/// that scan was not given.
dicom::StructuredReport measurement_report(const record::Reading& reading, const ScanObjects* sstr,
                                           const ScanObjects* fdg, const CodedTerms& terms,
                                           const Texts& texts);

}  // namespace netpet::report
