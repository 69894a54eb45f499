#pragma once

#include <string>

namespace netpet::record {

/// A code of a coded sequence: (0008,0100), (0008,0102), (0008,0104).
struct Code {
  std::string value;
  std::string scheme;
  std::string meaning;
  bool operator==(const Code&) const = default;
};

}  // namespace netpet::record
