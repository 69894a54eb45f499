#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "record/json.h"
#include "record/study.h"
#include "record/tracer.h"

namespace netpet::pipeline {

/// Whether a PET series can become SUVbw, and by which rule.
struct SuvOutlook {
  bool possible = false;
  std::string rule;  ///< empty where it is not possible: `problems` of the series say why
};

/// A series with what its header promises; `series.problems` also hold what reading or SUV would refuse or
/// warn about.
struct InspectedSeries {
  record::Series series;
  std::optional<record::Tracer> tracer;  ///< of PET series
  std::optional<SuvOutlook> suv;         ///< of PET series
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
