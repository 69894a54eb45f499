#include "anatomy/organ_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "anatomy/organ_map.h"
#include "base/error.h"
#include "base/table.h"

namespace netpet::anatomy {
namespace {

std::optional<std::uint16_t> found_in(const std::map<std::string, std::uint16_t>& ids,
                                      const std::string& name) {
  const auto found = ids.find(name);
  return found == ids.end() ? std::nullopt : std::optional(found->second);
}

/// Small letters and digits, one underscore for whatever else stands between them.
std::string plain(std::string_view name) {
  std::string words;
  for (const char letter : name) {
    const auto c = static_cast<unsigned char>(letter);
    if (std::isalnum(c) != 0)
      words += static_cast<char>(std::tolower(c));
    else if (!words.empty() && words.back() != '_')
      words += '_';
  }
  if (!words.empty() && words.back() == '_') words.pop_back();
  return words;
}

struct SidedName {
  std::string organ;
  std::string side;  ///< "_left", "_right", or nothing
};

/// Takes the side from where it is usually written: in front, or at the end in full or as a letter.
SidedName split_side(const std::string& name) {
  for (const std::string side : {"left", "right"}) {
    if (name.starts_with(side + "_")) return {name.substr(side.size() + 1), "_" + side};
    for (const std::string& end : {"_" + side, "_" + side.substr(0, 1)})
      if (name.ends_with(end)) return {name.substr(0, name.size() - end.size()), "_" + side};
  }
  return {name, ""};
}

std::uint16_t parse_number(const std::string& text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0 ||
      number > largest_foreign_number)
    throw base::Error::input(
        "organ_numbering_malformed",
        fmt::format("'{}' is not a label of an organ map: keys are whole numbers from 1 to {}.", text,
                    largest_foreign_number));
  return number;
}

}  // namespace

OrganNames::OrganNames(const base::Resources& resources) {
  base::Table::read(resources, "data/organ_names.json", [&](base::Table& table) {
    table.text("source");
    table.part("organs", [&](base::Table& organs) {
      for (const std::string& name : organs.names()) ids_[plain(name)] = organs.whole(name);
    });
  });
  base::Table::read(resources, "data/organ_terms.json", [&](base::Table& table) {
    table.text("source");
    sides_ = table.dictionary("sides");
    aliases_ = table.dictionary("aliases");
    codes_ = table.dictionary("codes");
    sided_codes_ = table.dictionary("sided_codes");
    for (const auto& [code, name] : codes_)
      if (!by_name(name)) table.refuse(fmt::format("'{}' is no organ of data/organ_names.json", name));
    for (const auto& [code, name] : sided_codes_)
      for (const auto& [side_code, side] : sides_)
        if (!by_name(fmt::format(fmt::runtime(name), fmt::arg("side", side))))
          table.refuse(fmt::format("'{}' is no organ of data/organ_names.json", name));
  });
  base::Table::read(resources, "data/organ_numberings.json", [&](base::Table& table) {
    table.text("source");
    table.part("numberings", [&](base::Table& programs) {
      for (const std::string& program : programs.names())
        numberings_[program] = read_numbering(programs.json(program));
    });
  });
}

std::optional<std::uint16_t> OrganNames::by_name(std::string_view name) const {
  const std::string words = plain(name);
  if (const auto id = found_in(ids_, words)) return id;
  const SidedName sided = split_side(words);
  const auto alias = aliases_.find(sided.organ);
  return found_in(ids_, (alias == aliases_.end() ? sided.organ : alias->second) + sided.side);
}

std::optional<std::uint16_t> OrganNames::by_code(const record::Code& organ,
                                                 const std::optional<record::Code>& side) const {
  if (organ.scheme != "SCT") return std::nullopt;
  if (const auto found = codes_.find(organ.value); found != codes_.end()) return by_name(found->second);
  const auto found = sided_codes_.find(organ.value);
  if (found == sided_codes_.end() || !side) return std::nullopt;
  const auto named = sides_.find(side->value);
  if (named == sides_.end()) return std::nullopt;
  return by_name(fmt::format(fmt::runtime(found->second), fmt::arg("side", named->second)));
}

std::optional<OrganNumbering> OrganNames::numbering(const std::string& program) const {
  const auto found = numberings_.find(program);
  return found == numberings_.end() ? std::nullopt : std::optional(found->second);
}

std::string OrganNames::programs() const {
  std::vector<std::string> names;
  for (const auto& [name, numbering] : numberings_) names.push_back(name);
  return fmt::format("{}", fmt::join(names, ", "));
}

OrganNumbering OrganNames::read_numbering(std::string_view json) const {
  const auto document = nlohmann::json::parse(json, nullptr, false);
  if (!document.is_object() || document.empty())
    throw base::Error::input(
        "organ_numbering_malformed",
        "An organ numbering is a JSON object from label to organ, such as {\"3\": \"liver\"}.");
  OrganNumbering numbering;
  for (const auto& [key, value] : document.items()) {
    const std::uint16_t from = parse_number(key);
    if (value.is_string()) {
      const auto id = by_name(value.get<std::string>());
      if (!id)
        throw base::Error::input(
            "organ_name_unknown",
            fmt::format("'{}' is no organ of data/organ_names.json.", value.get<std::string>()));
      numbering[from] = *id;
    } else if (value.is_number_unsigned() && value.get<std::uint64_t>() <= largest_foreign_number) {
      numbering[from] = value.get<std::uint16_t>();
    } else {
      throw base::Error::input("organ_numbering_malformed",
                               fmt::format("Label {} is given neither an organ's name nor its id.", key));
    }
  }
  return numbering;
}

}  // namespace netpet::anatomy
