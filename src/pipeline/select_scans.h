#pragma once

#include <optional>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "dicom/headers.h"
#include "pipeline/read_request.h"
#include "record/study.h"
#include "record/tracer.h"
#include "record/warning.h"

namespace netpet::pipeline {

/// The series that make up one scan of the reading.
struct SelectedScan {
  record::Patient patient;
  record::Series pet;
  std::optional<record::Series> ct;      ///< of the same study and frame of reference
  std::vector<record::Series> mappings;  ///< of real world values, of the same study
  dicom::Headers headers;                ///< of the folder that they lie in
  record::Tracer tracer;
  std::vector<record::Warning> warnings;
};

struct SelectedScans {
  std::optional<SelectedScan> sstr;
  std::optional<SelectedScan> fdg;
};

/// Finds the PET and CT series that the request means, from headers alone.
///
/// Refuses: a folder without PET (`no_pet`) or with uncorrected PET only (`nac_only`), two patients in one
/// folder or between the two (`patient_mismatch`, may be accepted), a recognised tracer that contradicts its
/// role
/// (`tracer_mismatch`, may be accepted), several studies that fit one role (`several_studies`), the same
/// series in both roles (`same_series`).
SelectedScans select_scans(const ReadRequest& request, const base::Resources& resources,
                           const base::Run& run);

/// `unreadable_file`: what the catalogue left out. It must have left out something.
record::Warning skipped_files(const record::Catalogue& catalogue);

}  // namespace netpet::pipeline
