#pragma once

#include <filesystem>
#include <string>

#include "base/resources.h"
#include "base/run.h"
#include "base/staged_output.h"
#include "pipeline/read_request.h"
#include "record/reading.h"

namespace netpet::pipeline {

struct ReadResult {
  record::Reading reading;
  std::string json;  ///< the document reading.json
};

/// The main job: finds and loads the scans, registers them, finds organs, references and lesions, measures
/// and grades, and writes the output folder, which appears whole or not at all.
ReadResult read_into(const ReadRequest& request, const std::filesystem::path& out, base::Occupied occupied,
                     const base::Resources& resources, const base::Run& run);

}  // namespace netpet::pipeline
