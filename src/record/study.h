#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "record/tracer.h"
#include "record/warning.h"

namespace netpet::record {

enum class SeriesRole { pet_ac, pet_nac, ct, localizer, rwvm, seg, rtstruct, sr, other };
/// "pet_ac", "pet_nac", "ct", … as the contract writes them.
std::string_view name_of(SeriesRole role);

/// What the header of a CT says of contrast agent and reconstruction, as it stands there.
struct CtFacts {
  std::string contrast_agent;                       ///< (0018,0010), else the meaning of (0018,0012)
  std::string contrast_route;                       ///< (0018,1040)
  std::optional<base::TimeOfDay> contrast_started;  ///< (0018,1042)
  std::optional<base::TimeOfDay> contrast_stopped;  ///< (0018,1043)
  std::optional<double> contrast_volume_ml;         ///< (0018,1041)
  std::string convolution_kernel;                   ///< (0018,1210)
};

/// One DICOM series as its headers describe it; pixels are not read yet.
struct Series {
  std::string uid;
  std::string study_uid;
  std::string patient_id;
  std::string modality;     ///< (0008,0060)
  std::string description;  ///< (0008,103E)
  std::string frame_of_reference_uid;
  SeriesRole role = SeriesRole::other;
  std::vector<std::filesystem::path>
      files;               ///< sorted along the slice normal where the series is an image stack
  std::size_t images = 0;  ///< of all files: as many as files, or more where a file holds several frames
  int rows = 0;
  int columns = 0;
  std::string scanner;  ///< manufacturer and model
  std::optional<base::Instant> acquired;
  std::optional<CtFacts> ct;  ///< of CT series, from their first object
  std::vector<Warning> problems;
};

struct Patient {
  std::string id;
  std::string name;
  std::string sex;         ///< "F", "M", "O" or empty
  std::string birth_date;  ///< ISO 8601 or empty
  bool operator==(const Patient&) const = default;
};

struct Study {
  std::string uid;
  std::optional<base::Date> date;
  std::string description;
  std::vector<Series> series;
};

struct PatientStudies {
  Patient patient;
  std::vector<Study> studies;
};

/// A file that was left out, and why.
struct UnreadableFile {
  std::filesystem::path file;
  std::string code;
  std::string message;
};

/// Everything found below a folder.
struct Catalogue {
  std::vector<PatientStudies> patients;
  std::vector<UnreadableFile> unreadable;
  std::size_t other_files = 0;  ///< files that are not DICOM at all
};

}  // namespace netpet::record
