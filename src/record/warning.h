#pragma once

#include <string>

namespace netpet::record {

/// Something that a reader must know about a result that still stands. Codes are stable and listed in
/// docs/errors.md.
struct Warning {
  std::string code;
  std::string message;
  bool operator==(const Warning&) const = default;
};

}  // namespace netpet::record
