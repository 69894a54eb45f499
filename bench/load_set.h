#pragma once

#include <filesystem>

#include "base/run.h"

namespace netpet::bench {

/// Writes a patient as large as a long whole-body protocol makes one: `folder`/sstr with a CT of 700 slices
/// of 512² and a PET of 350 slices of 200², `folder`/fdg with a PET of 350 slices of 200². Noise-like
/// content.
void write_load_set(const std::filesystem::path& folder, const base::Run& run);

}  // namespace netpet::bench
