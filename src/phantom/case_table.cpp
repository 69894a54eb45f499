#include "phantom/case_table.h"

#include <initializer_list>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace netpet::phantom {
namespace {

using Json = nlohmann::ordered_json;
constexpr const char* kFile = "data/phantom_cases.json";

[[noreturn]] void refuse(const std::string& why) {
  throw base::Error::input("rules_malformed", why).in_file(kFile);
}

void only_keys(const Json& object, std::initializer_list<const char*> allowed, const std::string& where) {
  if (!object.is_object()) refuse(where + " is not an object");
  for (const auto& [key, value] : object.items()) {
    bool known = false;
    for (const char* name : allowed) known = known || key == name;
    if (!known) refuse(where + " has the unknown key `" + key + "`");
  }
}

double number_in(const Json& object, const char* key, const std::string& where) {
  if (!object.contains(key) || !object[key].is_number() || object[key].get<double>() < 0)
    refuse(where + " needs the number `" + key + "`, not below 0");
  return object[key].get<double>();
}
std::optional<double> optional_number(const Json& object, const char* key, const std::string& where) {
  if (!object.contains(key) || object[key].is_null()) return std::nullopt;
  return number_in(object, key, where);
}

Place place_of(const Json& json, const std::string& name) {
  const std::string where = "the place " + name;
  only_keys(json, {"site", "organ", "at"}, where);
  if (!json.contains("at") || !json["at"].is_array() || json["at"].size() != 3)
    refuse(where + " needs `at` with three numbers");
  Place place;
  place.site = json.value("site", "");
  if (json.contains("organ") && json["organ"].is_string()) place.organ = json["organ"].get<std::string>();
  for (int axis = 0; axis < 3; ++axis) {
    const Json& value = json["at"][static_cast<std::size_t>(axis)];
    if (!value.is_number()) refuse(where + " needs `at` with three numbers");
    place.at[axis] = value.get<double>();
  }
  return place;
}

Case case_of(const Json& json, const std::string& name, const std::map<std::string, Place>& places) {
  const std::string where = "the case " + name;
  only_keys(json, {"description", "spleen", "tissue_factors", "lesions", "expected"}, where);
  Case one;
  one.name = name;
  one.description = json.value("description", "");
  one.spleen_removed = json.value("spleen", "") == "removed";
  if (json.contains("tissue_factors"))
    for (const auto& [tissue, factors] : json["tissue_factors"].items()) {
      const std::optional<Tissue> known = tissue_of(tissue);
      if (!known || !factors.is_array() || factors.size() != 2)
        refuse(where + ": `" + tissue + "` is no tissue with two factors");
      one.tissue_factors[*known] = {factors[0].get<double>(), factors[1].get<double>()};
    }
  if (!json.contains("lesions") || !json["lesions"].is_array()) refuse(where + " needs `lesions`");
  for (const Json& lesion : json["lesions"]) {
    only_keys(lesion, {"place", "size_mm", "sstr", "fdg", "fdg_to_liver"}, where);
    PlannedLesion planned;
    planned.place = lesion.value("place", "");
    if (!places.contains(planned.place)) refuse(where + ": unknown place `" + planned.place + "`");
    planned.size_mm = number_in(lesion, "size_mm", where);
    planned.sstr = optional_number(lesion, "sstr", where);
    planned.fdg = optional_number(lesion, "fdg", where);
    planned.fdg_to_liver = optional_number(lesion, "fdg_to_liver", where);
    one.lesions.push_back(planned);
  }
  if (!json.contains("expected") || !json["expected"].is_object()) refuse(where + " needs `expected`");
  one.expected_json = json["expected"].dump();
  return one;
}

}  // namespace

const Case& CaseTable::named(const std::string& name) const {
  for (const Case& one : cases)
    if (one.name == name) return one;
  throw base::Error::usage("unknown_case",
                           "there is no phantom case `" + name + "`; the cases are " + names());
}

std::string CaseTable::names() const {
  std::string list;
  for (const Case& one : cases) list += (list.empty() ? "" : ", ") + one.name;
  return list;
}

CaseTable read_cases(const base::Resources& resources) {
  const Json document = Json::parse(resources.text(kFile), nullptr, false);
  only_keys(document, {"source", "places", "cases"}, "the table of cases");
  if (!document.contains("places") || !document.contains("cases"))
    refuse("the table needs `places` and `cases`");
  CaseTable table;
  for (const auto& [name, place] : document["places"].items()) table.places[name] = place_of(place, name);
  for (const auto& [name, one] : document["cases"].items())
    table.cases.push_back(case_of(one, name, table.places));
  return table;
}

}  // namespace netpet::phantom
