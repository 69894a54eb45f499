#pragma once

#include <optional>
#include <string>
#include <vector>

namespace netpet::record {

/// A grade that the reader sets beside the computed one, never in its place.
struct Override {
  std::string scale;
  std::string value;
  std::string reason;
};

/// What the reader saw by eye, and where the reader differs.
struct ReaderOpinion {
  std::string name;
  std::optional<std::string> netpet;  ///< "P0" … "P5", with or without letter
  std::optional<int> krenning;        ///< 0 … 4
  std::vector<Override> overrides;
};

}  // namespace netpet::record
