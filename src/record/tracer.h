#pragma once

#include <string>
#include <string_view>

namespace netpet::record {

/// The place of a scan in a dual-tracer reading.
enum class Role { sstr, fdg };
constexpr std::string_view name_of(Role role) {
  return role == Role::sstr ? "sstr" : "fdg";
}

/// As it is written for people.
constexpr std::string_view label_of(Role role) {
  return role == Role::sstr ? "SSTR" : "FDG";
}

/// What a radiopharmaceutical is used for. `therapy`: a post-therapy scan such as 177Lu-DOTATATE.
enum class TracerClass { sstr, fdg, therapy, other, unknown };
constexpr std::string_view name_of(TracerClass tracer_class) {
  switch (tracer_class) {
    case TracerClass::sstr:
      return "sstr";
    case TracerClass::fdg:
      return "fdg";
    case TracerClass::therapy:
      return "therapy";
    case TracerClass::other:
      return "other";
    case TracerClass::unknown:
      break;
  }
  return "unknown";
}

/// The radiopharmaceutical of a scan, by code first, then by text alias (data/tracers.json).
struct Tracer {
  std::string name;  ///< our name for a recognised tracer ("68Ga-DOTATATE"), else the header's text
  std::string code;
  std::string scheme;
  TracerClass tracer_class = TracerClass::unknown;
  std::string compound = {};  ///< "DOTATATE"; empty where no compound was recognised
  bool operator==(const Tracer&) const = default;
};

}  // namespace netpet::record
