#include "phantom/case_table.h"

#include "base/error.h"
#include "base/table.h"

namespace netpet::phantom {
namespace {

Place read_place(base::Table& table) {
  Place place;
  place.site = table.text("site");
  place.organ = table.optional_text("organ").value_or("");
  const std::vector<double> at = table.signed_numbers("at", 3);
  place.at = {at[0], at[1], at[2]};
  return place;
}

PlannedLesion read_lesion(base::Table& table, const std::map<std::string, Place>& places) {
  PlannedLesion planned;
  planned.place = table.text("place");
  if (!places.contains(planned.place)) table.refuse("there is no place " + planned.place);
  planned.size_mm = table.number("size_mm");
  planned.sstr = table.optional_number("sstr");
  planned.fdg = table.optional_number("fdg");
  planned.fdg_to_liver = table.optional_number("fdg_to_liver");
  if (table.has("focus")) planned.focus = table.flag("focus");
  return planned;
}

std::map<Tissue, TissueFactor> read_factors(base::Table& table) {
  std::map<Tissue, TissueFactor> factors;
  for (const std::string& name : table.names()) {
    const std::optional<Tissue> tissue = tissue_of(name);
    if (!tissue) table.refuse("there is no tissue " + name);
    const std::vector<double> pair = table.numbers(name, 2);
    factors[*tissue] = {pair[0], pair[1]};
  }
  return factors;
}

Case read_case(base::Table& table, const std::string& name, const std::map<std::string, Place>& places) {
  Case one;
  one.name = name;
  one.description = table.text("description");
  if (const auto spleen = table.optional_text("spleen")) {
    if (*spleen != "removed") table.refuse("the spleen can only be removed");
    one.spleen_removed = true;
  }
  if (table.has("tissue_factors"))
    table.part("tissue_factors", [&](base::Table& part) { one.tissue_factors = read_factors(part); });
  table.each("lesions", [&](base::Table& lesion) {
    one.lesions.push_back(read_lesion(lesion, places));
    if (one.lesions.back().focus && (one.lesions.size() < 2 || one.lesions[one.lesions.size() - 2].focus))
      lesion.refuse("a focus stands behind the mass that holds it");
  });
  one.expected_json = table.json("expected");
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
  CaseTable cases;
  base::Table::read(resources, "data/phantom_cases.json", [&](base::Table& table) {
    table.text("source");
    table.part("places", [&](base::Table& places) {
      for (const std::string& name : places.names())
        places.part(name, [&](base::Table& place) { cases.places[name] = read_place(place); });
    });
    table.part("cases", [&](base::Table& rows) {
      for (const std::string& name : rows.names())
        rows.part(name, [&](base::Table& row) { cases.cases.push_back(read_case(row, name, cases.places)); });
    });
  });
  return cases;
}

}  // namespace netpet::phantom
