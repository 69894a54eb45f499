#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/resources.h"
#include "record/code.h"

namespace netpet::anatomy {

/// From the numbers of a label map to record::Organ ids.
using OrganNumbering = std::map<std::uint16_t, std::uint16_t>;

/// What organs are called by others: names, codes, and the numbers of other programs' label maps
/// (data/organ_names.json, organ_terms.json, organ_numberings.json).
class OrganNames {
 public:
  explicit OrganNames(const base::Resources& resources);

  /// The organ of a name, in whatever spelling: "kidney_left", "Left kidney", "Kidney_L".
  std::optional<std::uint16_t> by_name(std::string_view name) const;
  /// The organ of a SNOMED CT code; paired organs have the side in a code of its own.
  std::optional<std::uint16_t> by_code(const record::Code& organ,
                                       const std::optional<record::Code>& side) const;

  /// The numbering of a program by its name ("totalsegmentator_v1", "moose_organs").
  std::optional<OrganNumbering> numbering(const std::string& program) const;
  /// "moose_cardiac, moose_organs, …"
  std::string programs() const;

  /// A numbering as JSON: an object from the map's number (as key) to an organ, by its name or its id:
  /// {"3": "liver", "1": 1}. Refuses anything else (`organ_numbering_malformed`) and an unknown name
  /// (`organ_name_unknown`).
  OrganNumbering read_numbering(std::string_view json) const;

 private:
  std::map<std::string, std::uint16_t> ids_;          ///< by name in lower case
  std::map<std::string, std::string> aliases_;        ///< name without side to name without side
  std::map<std::string, std::string> codes_;          ///< code to name
  std::map<std::string, std::string> sided_codes_;    ///< code to name with "{side}"
  std::map<std::string, std::string> sides_;          ///< code to "left" or "right"
  std::map<std::string, OrganNumbering> numberings_;  ///< by program
};

}  // namespace netpet::anatomy
