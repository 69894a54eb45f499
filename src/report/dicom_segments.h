#pragma once

#include "dicom/write_seg.h"
#include "report/coded_terms.h"
#include "report/outputs.h"
#include "report/texts.h"

/// Lesions and reference regions of one tracer as segments.
namespace netpet::report {

/// The lesions that are outlined on the tracer, in their order; label, tracking identifier and colour as in
/// the report. `labels`: label n = lesion "Ln". May have no segment.
dicom::Segmentation lesion_segments(const record::Reading& reading, record::Role role,
                                    const image::LabelMap& labels, const CodedTerms& terms,
                                    const Texts& texts);
/// The regions that uptake was compared with; may have none.
dicom::Segmentation reference_segments(record::Role role, const ReferenceRegions& regions,
                                       const CodedTerms& terms);

}  // namespace netpet::report
