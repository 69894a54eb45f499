#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "record/clinical.h"

namespace netpet::record {

/// Reads clinical facts. Strict, as a fact that is misspelt would be left out in silence: refuses a key that
/// is not known (`unknown_key`), a value that cannot be (`value_out_of_range`, `dates_contradict`,
/// `unknown_value`) and values of another type. `place` begins the names in messages ("clinical").
Clinical read_clinical(const nlohmann::json& document, const std::string& place);

/// The same from the text of a file; the refusals name `file`.
Clinical parse_clinical(const std::string& text, const std::filesystem::path& file);

/// The same from a file; refuses one that cannot be read (`file_missing`, `file_unreadable`) or is larger
/// than clinical facts can be (`input_too_large`).
Clinical load_clinical(const std::filesystem::path& file);

}  // namespace netpet::record
