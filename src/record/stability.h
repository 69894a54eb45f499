#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace netpet::record {

/// The lesion on which a grade hangs most, and the limit that this lesion crosses.
struct HangsOn {
  std::string lesion;
  std::string limit;           ///< "FDG against the limit of its background"
  double same_if_certain = 0;  ///< share of repeats with the same grade were this lesion's finding certain
  bool operator==(const HangsOn&) const = default;
};

/// How often a scale would give the same answer if the patient were measured again. Missed or false lesions
/// are not part of this.
struct Stability {
  std::size_t draws = 0;
  double same = 0;                                     ///< share of repeats with the same value
  std::optional<double> same_group;                    ///< NETPET: with the same group P1, P2–4, P5
  std::vector<std::pair<std::string, double>> shares;  ///< of each value that occurred, most frequent first
  std::optional<HangsOn> hangs_on;                     ///< empty where every repeat agrees
  std::string sentence;
  bool operator==(const Stability&) const = default;
};

}  // namespace netpet::record
