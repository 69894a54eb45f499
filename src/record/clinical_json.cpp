#include "record/clinical_json.h"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "record/document_file.h"
#include "record/json_fields.h"
#include "record/json_parts.h"

namespace netpet::record {
namespace {

using base::Error;

std::optional<double> number_at_most(JsonFields& fields, const char* key, double most) {
  const auto number = fields.number(key);
  if (number && *number > most)
    throw Error::input("value_out_of_range", fmt::format("{} is {:g}; it must be at most {:g}",
                                                         fields.place_of(key), *number, most));
  return number;
}

std::optional<Differentiation> read_differentiation(JsonFields& fields) {
  const auto name = fields.text("differentiation");
  if (!name) return std::nullopt;
  if (*name == "well") return Differentiation::well;
  if (*name == "poor") return Differentiation::poor;
  throw Error::input("unknown_value", fmt::format("{} is \"{}\"; it must be well or poor",
                                                  fields.place_of("differentiation"), *name));
}

Pathology read_pathology(const InputJson& value, const std::string& place) {
  JsonFields fields(value, place);
  Pathology one;
  one.date = fields.date("date");
  one.site = fields.text("site").value_or("");
  one.lesion = fields.text("lesion");
  one.ki67_percent = number_at_most(fields, "ki67_percent", 100);
  one.mitoses_per_2mm2 = fields.number("mitoses_per_2mm2");
  one.differentiation = read_differentiation(fields);
  one.necrosis = fields.yes_or_no("necrosis");
  one.edition = fields.text("edition").value_or("");
  fields.refuse_unknown();
  return one;
}

void require_order(const Therapy& therapy, const std::string& place) {
  const auto before = [&](const char* later_name, const std::optional<base::Date>& later) {
    if (therapy.start && later && *later < *therapy.start)
      throw Error::input("dates_contradict",
                         fmt::format("{}.{} {} lies before its start {}", place, later_name,
                                     base::iso(*later), base::iso(*therapy.start)));
  };
  before("end", therapy.end);
  before("last_dose", therapy.last_dose);
}

Therapy read_therapy(const InputJson& value, const std::string& place) {
  JsonFields fields(value, place);
  Therapy one;
  one.kind = fields.required_text("kind");
  one.start = fields.date("start");
  one.end = fields.date("end");
  one.last_dose = fields.date("last_dose");
  fields.refuse_unknown();
  require_order(one, place);
  return one;
}

Marker read_marker(const InputJson& value, const std::string& place) {
  JsonFields fields(value, place);
  Marker one;
  one.name = fields.required_text("name");
  one.date = fields.date("date");
  one.value = fields.number("value");
  one.unit = fields.text("unit").value_or("");
  fields.refuse_unknown();
  return one;
}

}  // namespace

Clinical read_clinical(const InputJson& document, const std::string& place) {
  JsonFields fields(document, place);
  Clinical clinical;
  clinical.primary = fields.text("primary").value_or("");
  clinical.metastatic = fields.yes_or_no("metastatic");
  clinical.pathology = fields.list("pathology", read_pathology);
  clinical.therapies = fields.list("therapies", read_therapy);
  clinical.glucose_mmol_l = fields.number("glucose_mmol_l");
  clinical.metformin = fields.yes_or_no("metformin");
  clinical.g_csf = fields.yes_or_no("g_csf");
  clinical.splenectomy = fields.yes_or_no("splenectomy");
  clinical.germline = fields.text("germline").value_or("");
  clinical.markers = fields.list("markers", read_marker);
  fields.refuse_unknown();
  return clinical;
}

Json json_of(const Clinical& clinical) {
  const auto date = [](const std::optional<base::Date>& day) { return day ? Json(base::iso(*day)) : Json(); };
  const auto fact = [](const std::optional<bool>& known) { return known ? Json(*known) : Json(); };
  Json pathology = Json::array(), therapies = Json::array(), markers = Json::array();
  for (const Pathology& one : clinical.pathology)
    pathology.push_back({{"date", date(one.date)},
                         {"site", text_or_null(one.site)},
                         {"lesion", one.lesion ? Json(*one.lesion) : Json()},
                         {"ki67_percent", number_or_null(one.ki67_percent)},
                         {"mitoses_per_2mm2", number_or_null(one.mitoses_per_2mm2)},
                         {"differentiation", !one.differentiation                            ? Json()
                                             : *one.differentiation == Differentiation::well ? Json("well")
                                                                                             : Json("poor")},
                         {"necrosis", fact(one.necrosis)},
                         {"edition", text_or_null(one.edition)}});
  for (const Therapy& one : clinical.therapies)
    therapies.push_back({{"kind", one.kind},
                         {"start", date(one.start)},
                         {"end", date(one.end)},
                         {"last_dose", date(one.last_dose)}});
  for (const Marker& one : clinical.markers)
    markers.push_back({{"name", one.name},
                       {"date", date(one.date)},
                       {"value", number_or_null(one.value)},
                       {"unit", text_or_null(one.unit)}});
  return {{"primary", text_or_null(clinical.primary)},
          {"metastatic", fact(clinical.metastatic)},
          {"pathology", pathology},
          {"therapies", therapies},
          {"glucose_mmol_l", number_or_null(clinical.glucose_mmol_l)},
          {"metformin", fact(clinical.metformin)},
          {"g_csf", fact(clinical.g_csf)},
          {"splenectomy", fact(clinical.splenectomy)},
          {"germline", text_or_null(clinical.germline)},
          {"markers", markers}};
}

Clinical parse_clinical(const std::string& text, const std::filesystem::path& file) {
  try {
    return read_clinical(parse_json(text), "");
  } catch (Error& error) {
    throw std::move(error).in_file(file.string());
  }
}

Clinical load_clinical(const std::filesystem::path& file) {
  return parse_clinical(document_text(file, "a file of clinical facts"), file);
}

}  // namespace netpet::record
