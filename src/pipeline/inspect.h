#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "record/json.h"
#include "record/study.h"
#include "record/tracer_scan.h"

namespace netpet::pipeline {

/// What the header of a PET series promises.
struct InspectedPet {
  record::Tracer tracer;
  std::string radionuclide;                ///< "Ga-68", empty if unknown
  std::optional<double> dose_bq;           ///< as SUV would use it
  std::optional<double> uptake_min;        ///< from injection to scan
  std::string reconstruction;              ///< as the header names it
  record::SuvProvenance provenance;        ///< how it would become SUVbw
  std::optional<record::Warning> refusal;  ///< why it has no SUV; nothing where it has
};

/// A series with what its header promises; `series.problems` also hold what reading or SUV would refuse or
/// warn about, first what can change a grade.
struct InspectedSeries {
  record::Series series;
  std::optional<InspectedPet> pet;
};

struct InspectedStudy {
  std::string uid;
  std::optional<base::Date> date;
  std::string description;
  std::vector<InspectedSeries> series;
};

struct InspectedPatient {
  record::Patient patient;
  std::vector<InspectedStudy> studies;
};

/// What a folder holds, seen from its headers.
struct Inspection {
  std::vector<InspectedPatient> patients;
  std::vector<record::UnreadableFile> unreadable;
  std::size_t other_files = 0;  ///< that are not DICOM
};

/// Lists a folder: what each series is, its tracer, whether SUV is possible. Reads no pixels. Refuses what
/// `dicom::scan_folder` refuses.
Inspection inspect(const std::filesystem::path& folder, const base::Resources& resources,
                   const base::Run& run);

/// The document of `inspect --json`, schema netpet-inspect/1.
record::Json json_of(const Inspection& inspection);
/// The same for a reader at a terminal.
std::string text_of(const Inspection& inspection);

}  // namespace netpet::pipeline
