#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dicom/instance.h"
#include "record/pet_header.h"

namespace netpet::dicom {

/// What the header of one file says.
struct FileHeader {
  std::vector<Instance> images;          ///< the file itself, or its frames
  std::optional<record::PetHeader> pet;  ///< of a PET's first image, with the slices of all
};

/// Reads the header of one file; of a PET all of it, of anything else what a catalogue needs. Refuses what
/// `examine` refuses and `header_unreadable`. `pet` stays empty where only the part that it needs is refused.
FileHeader read_header(const std::filesystem::path& file);
/// The header of a file that is said to be PET, all of it. Refuses the same, and of all of it.
FileHeader read_whole_header(const std::filesystem::path& file);

/// Headers of PET and CT files that were read once, so that reading their pixels parses none again. A file
/// that has changed since is refused when its pixels are read (`file_changed`).
class Headers {
 public:
  /// Keeps the header of a PET or CT, and forgets any other.
  void add(std::shared_ptr<const FileHeader> header);
  /// Nothing where the file is not known.
  std::shared_ptr<const FileHeader> find(const std::filesystem::path& file) const;

 private:
  std::unordered_map<std::string, std::shared_ptr<const FileHeader>> by_file_;
};

}  // namespace netpet::dicom
