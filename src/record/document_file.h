#pragma once

#include <filesystem>
#include <string>

namespace netpet::record {

/// The text of a small document that people write, of at most 16 MiB. Refuses (input) `file_missing`,
/// `file_unreadable` and, with `what` it was meant to be ("a review"), `input_too_large`.
std::string document_text(const std::filesystem::path& file, const std::string& what);

}  // namespace netpet::record
