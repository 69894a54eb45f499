#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "record/pet_header.h"
#include "record/tracer.h"

namespace netpet::suv {

/// The span between injection and scan for which a tracer's uptake is described.
struct UptakeWindow {
  double from_min = 0, to_min = 0;
  std::string source;
};

/// One compound of data/tracers.json, whatever its nuclide.
struct Compound {
  struct Coded {
    record::Code code;  ///< without its meaning
    std::string nuclide;
  };
  struct Window {
    std::vector<std::string> nuclides;
    UptakeWindow window;
  };
  std::string name;  ///< "DOTATATE"
  record::TracerClass tracer_class = record::TracerClass::unknown;
  std::vector<std::string> nuclides;  ///< "Ga-68", …
  std::vector<std::string> aliases;   ///< letters and digits, lower case
  std::vector<Coded> codes;
  std::vector<Window> windows;

  bool carries(std::string_view nuclide) const;
};

/// data/tracers.json.
class TracerTable {
 public:
  explicit TracerTable(const base::Resources& resources);

  const std::vector<Compound>& all() const { return compounds_; }
  const Compound* named(std::string_view name) const;
  struct CodeMatch {
    const Compound* compound = nullptr;
    std::string nuclide;
  };
  /// By value and scheme; SRT, SNM3 and 99SDM are one scheme.
  CodeMatch of_code(const record::Code& code) const;
  /// Every compound that the text names. An alias within a longer one of another compound does not count:
  /// "HYNIC-octreotide" is not octreotide.
  std::vector<const Compound*> in_text(std::string_view text) const;
  /// Whether the text is empty or one of those that consoles leave where nobody named a compound.
  bool names_nothing(std::string_view text) const;
  /// The window of a compound with that nuclide; nothing where none is published.
  std::optional<UptakeWindow> window_of(std::string_view compound, std::string_view nuclide) const;
  /// Whether any compound of the class exists with that nuclide.
  bool exists(record::TracerClass tracer_class, std::string_view nuclide) const;

 private:
  std::vector<Compound> compounds_;
  std::vector<std::string> no_names_;
  std::size_t shortest_part_of_word_ = 0;
};

/// One scheme for the names under which SNOMED codes of the form C-… stand in headers [DICOM PS3.16 8.1].
std::string_view canonical_scheme(std::string_view scheme);

}  // namespace netpet::suv
