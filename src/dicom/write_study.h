#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "record/study.h"

/// What the writers of PET and CT series need to know of a study. Every UID follows from `uid_seed`, so that
/// two runs with the same input write the same bytes.
namespace netpet::dicom {

/// In whose manner a series is written: units, slopes, times, private attributes and file names as that
/// maker's scanners have them.
enum class Vendor { siemens, ge, philips };
std::string_view name_of(Vendor vendor);  ///< "siemens", "ge", "philips"

/// One study: patient, time and scanner. CT and PET of one study share its frame of reference.
struct StudyToWrite {
  std::string uid_seed;  ///< two studies must differ here
  Vendor vendor = Vendor::siemens;
  record::Patient patient;
  double weight_kg = 0;
  double height_m = 0;
  std::string description;
  std::string id;         ///< (0020,0010), at most 16 characters
  base::Instant started;  ///< (0008,0020), (0008,0030)
};

/// "2.25." and 128 bits of the SHA-256 of the seed as a decimal number (DICOM PS3.5 B.2; the UUID's version
/// bits are set).
std::string uid_of_seed(std::string_view seed);
std::string study_uid(const StudyToWrite& study);
std::string frame_of_reference_uid(const StudyToWrite& study);

struct WrittenSeries {
  std::string uid;
  std::vector<std::filesystem::path> files;  ///< in the order of the volume's slices
};

}  // namespace netpet::dicom
