#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "registration/register_ct.h"

namespace netpet::pipeline {

/// What a user asks `read` for. Either `studies`, or one or both of `sstr` and `fdg`.
struct ReadRequest {
  std::optional<std::filesystem::path>
      studies;                                ///< a folder in which the two scans are found by their tracers
  std::optional<std::filesystem::path> sstr;  ///< a folder that is said to hold the SSTR study
  std::optional<std::filesystem::path> fdg;   ///< a folder that is said to hold the FDG study
  std::optional<std::filesystem::path>
      organs;  ///< organ map in the SSTR study's space (FDG's where that is alone)
  std::optional<std::string> organ_command;  ///< a segmenter that makes the organ map from {ct}
  std::optional<std::string> organ_labels;   ///< what the numbers of `organs` mean: see read_organ_file
  std::optional<std::filesystem::path>
      lesions_sstr;  ///< mask of the lesions in the SSTR study's space, instead of those found
  std::optional<std::filesystem::path> lesions_fdg;                   ///< the same in the FDG study's
  std::optional<std::filesystem::path> review;                        ///< JSON file of a reader's words
  std::optional<std::filesystem::path> clinical;                      ///< JSON file of clinical facts
  registration::Freedom freedom = registration::Freedom::deformable;  ///< of the FDG study
  std::optional<std::filesystem::path> registration;  ///< saved of these scans, instead of a new one
  /// Whether the outputs may tell whose they are.
  enum class Identity { kept, removed } identity = Identity::kept;
  std::optional<std::filesystem::path> deidentification_key;  ///< gives a patient the same names each time
  std::set<std::string> accepted;                             ///< codes of refusals that the user overrides
};

/// The refusals that a user may override, because the numbers can still be right. Each leaves a warning of
/// its own name in the reading.
const std::set<std::string>& acceptable_codes();

}  // namespace netpet::pipeline
