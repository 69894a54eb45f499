#pragma once

#include <filesystem>
#include <vector>

namespace netpet::exchange {

/// What is to be sent.
struct Outbox {
  std::vector<std::filesystem::path> files;             ///< DICOM objects, sorted, each once
  std::vector<std::filesystem::path> unsigned_results;  ///< of them: made by netpet, and nobody signed
};

/// The DICOM objects among files and below folders; of an output folder of `read` those of its dicom/. A
/// result of the program counts as signed where the reading.json beside its folder says so. Refuses
/// `file_missing` and `no_dicom`; a file that was named itself must be DICOM (`not_dicom`).
Outbox outbox_of(const std::vector<std::filesystem::path>& paths);

}  // namespace netpet::exchange
