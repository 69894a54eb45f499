#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "record/pet_header.h"

namespace netpet::suv {

struct Radionuclide {
  std::string name;     ///< "Ga-68"
  std::string element;  ///< "gallium"
  double half_life_s = 0;
  bool therapeutic = false;
  std::vector<record::Code> codes;

  std::string symbol() const { return name.substr(0, name.find('-')); }
  std::string mass() const { return name.substr(name.find('-') + 1); }
};

/// data/radionuclides.json.
class Radionuclides {
 public:
  explicit Radionuclides(const base::Resources& resources);

  const std::vector<Radionuclide>& all() const { return all_; }
  const Radionuclide* named(std::string_view name) const;
  /// By the radionuclide code and by the code's meaning ("^68^Gallium", "18F", "177 Lutetium"); nothing where
  /// they name different ones.
  const Radionuclide* of_code(const record::Code& code) const;
  /// Whether the text is the name of a nuclide and nothing else ("Ga-68", "18F", "^68^Gallium", "Gallium").
  bool is_name(std::string_view text) const;
  /// By mass and symbol or element within a text ("68Ga-DOTATATE", "FDG F-18"); nothing where two differ.
  const Radionuclide* in_text(std::string_view text) const;
  /// The only one whose half-life is that, to `tolerance` (relative).
  const Radionuclide* of_half_life(double half_life_s, double tolerance) const;

 private:
  /// The nuclide of which the text is the name and nothing else.
  const Radionuclide* called(std::string_view text) const;

  std::vector<Radionuclide> all_;
};

/// The nuclide that the header names by code, by the radiopharmaceutical's text, or else by its half-life (to
/// 1 %); nothing where unknown.
const Radionuclide* radionuclide_in(const record::PetHeader& header, const Radionuclides& table);

}  // namespace netpet::suv
