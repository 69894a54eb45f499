#include <nlohmann/json.hpp>
#include <variant>

#include "record/json.h"

namespace netpet::record {
namespace {

Json json_of_alternatives(const AlternativeValues& alternatives) {
  Json object = Json::object();
  for (const auto& [definition, value] : alternatives) object[definition] = json_of(value);
  return object;
}

Json json_of_field(const GradeField& field) {
  if (const auto* alternatives = std::get_if<AlternativeValues>(&field))
    return json_of_alternatives(*alternatives);
  if (const auto* number_field = std::get_if<base::Computed<double>>(&field)) return json_of(*number_field);
  if (const auto* yes_or_no = std::get_if<base::Computed<bool>>(&field)) return json_of(*yes_or_no);
  return json_of(std::get<base::Computed<std::string>>(field));
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

}  // namespace

Json json_of(const Grade& grade) {
  Json object{{"value", json_of(grade.value)}};
  for (const auto& [name, field] : grade.fields) object[name] = json_of_field(field);
  object["suitability"] = json_of(grade.suitability);
  object["applicability"] = grade.applicability;
  object["caveats"] = grade.caveats;
  object["flags"] = grade.flags;
  object["evidence"] = grade.evidence;
  object["source"] = grade.source;
  return object;
}

Json json_of(const LesionGrade& lesion) {
  const auto on_tracer = [](const base::Computed<bool>& positive, const std::string& background) {
    return Json{{"positive", json_of(positive)}, {"background", text_or_null(background)}};
  };
  return {{"id", lesion.id},
          {"uptake",
           {{"sstr", on_tracer(lesion.sstr_positive, lesion.sstr_background)},
            {"fdg", on_tracer(lesion.fdg_positive, lesion.fdg_background)}}},
          {"fdg_to_sstr", json_of(lesion.fdg_to_sstr)},
          {"pattern", text_or_null(lesion.pattern)},
          {"netpet_pattern", text_or_null(lesion.netpet_pattern)},
          {"krenning", json_of(lesion.krenning)},
          {"decides", lesion.decides},
          {"sstr_rads", {{"uptake_level", json_of(lesion.sstr_rads_uptake_level)}}},
          {"flags", lesion.flags}};
}

Json json_of(const GradingResult& result) {
  Json lesions = Json::array();
  for (const LesionGrade& lesion : result.lesions) lesions.push_back(json_of(lesion));
  Json grades = Json::object();
  for (const Grade& grade : result.grades) grades[grade.scale] = json_of(grade);
  Json warnings = Json::array();
  for (const Warning& warning : result.warnings) warnings.push_back(json_of(warning));
  Json biopsy;
  if (result.biopsy_target) biopsy = {{"lesion", *result.biopsy_target}, {"why", result.biopsy_why}};
  return {{"headline", result.headline},
          {"lesions", std::move(lesions)},
          {"grades", std::move(grades)},
          {"biopsy_target", std::move(biopsy)},
          {"warnings", std::move(warnings)}};
}

}  // namespace netpet::record
