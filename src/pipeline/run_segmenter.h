#pragma once

#include <filesystem>
#include <string>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::pipeline {

/// Runs an installed segmenter on a CT and returns the label map that it wrote, a NIfTI file below `scratch`.
/// In `command`, a line for /bin/sh, {ct} stands for the CT as NIfTI and {out} for the file to write; a
/// folder of that name with one NIfTI file in it will do too. What the command prints goes to a file in
/// `scratch`, for standard output may be a document. Refuses a command without both names
/// (`organ_command_incomplete`); `organ_command_failed` where it fails or writes no map. A request to stop
/// ends it and what it started.
std::filesystem::path run_segmenter(const std::string& command, const image::CtVolume& ct,
                                    const std::filesystem::path& scratch, const base::Run& run);

}  // namespace netpet::pipeline
