#pragma once

#include <string>
#include <string_view>

namespace netpet::record {

/// How far a warning reaches. A reader meets those first that can change a grade.
enum class Severity { grade, value, note, unranked };
constexpr std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::grade:
      return "grade";
    case Severity::value:
      return "value";
    case Severity::note:
      return "note";
    case Severity::unranked:
      break;
  }
  return "";
}

/// Something that a reader must know about a result that still stands. Codes are stable and listed in
/// docs/errors.md.
struct Warning {
  std::string code;
  std::string message;
  Severity severity = Severity::unranked;  ///< by data/warnings.json, once a result is complete
  bool operator==(const Warning&) const = default;
};

}  // namespace netpet::record
