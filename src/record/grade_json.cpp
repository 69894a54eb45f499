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
  if (const auto* list = std::get_if<std::vector<std::string>>(&field)) return *list;
  if (const auto* lists = std::get_if<TextLists>(&field)) {
    Json object = Json::object();
    for (const auto& [name, texts] : *lists) object[name] = texts;
    return object;
  }
  if (const auto* number_field = std::get_if<base::Computed<double>>(&field)) return json_of(*number_field);
  if (const auto* yes_or_no = std::get_if<base::Computed<bool>>(&field)) return json_of(*yes_or_no);
  return json_of(std::get<base::Computed<std::string>>(field));
}

/// The shares of the values, and what else the repeats showed.
void add_stability(const Grade& grade, Json& object) {
  if (!grade.stability) return;
  const Stability& stability = *grade.stability;
  Json shares = Json::object();
  for (const auto& [value, share] : stability.shares) shares[value] = number(share);
  Json details{{"draws", stability.draws}, {"same", number(stability.same)}};
  if (stability.same_group) details["same_group"] = number(*stability.same_group);
  details["sentence"] = stability.sentence;
  details["hangs_on"] = Json();
  if (const auto& hangs_on = stability.hangs_on)
    details["hangs_on"] = {{"lesion", hangs_on->lesion},
                           {"limit", hangs_on->limit},
                           {"same_if_certain", number(hangs_on->same_if_certain)}};
  object["stability"] = std::move(shares);
  object["stability_details"] = std::move(details);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

}  // namespace

Json json_of(const Grade& grade) {
  Json object{{"value", json_of(grade.value)}};
  for (const auto& [name, field] : grade.fields) object[name] = json_of_field(field);
  add_stability(grade, object);
  object["suitability"] = json_of(grade.suitability);
  object["applicability"] = grade.applicability;
  object["population"] = text_or_null(grade.population);
  object["caveats"] = grade.caveats;
  object["flags"] = grade.flags;
  object["evidence"] = grade.evidence;
  object["source"] = grade.source;
  return object;
}

Json json_of(const LesionGrade& lesion) {
  const auto on_tracer = [](const base::Computed<bool>& positive, const std::string& background,
                            const TissueRatios& ratios) {
    return Json{{"to_liver", json_of(ratios.to_liver)},
                {"to_spleen", json_of(ratios.to_spleen)},
                {"to_blood_pool", json_of(ratios.to_blood_pool)},
                {"positive", json_of(positive)},
                {"background", text_or_null(background)}};
  };
  return {{"id", lesion.id},
          {"uptake",
           {{"sstr", on_tracer(lesion.sstr_positive, lesion.sstr_background, lesion.sstr_ratios)},
            {"fdg", on_tracer(lesion.fdg_positive, lesion.fdg_background, lesion.fdg_ratios)}}},
          {"fdg_to_sstr", json_of(lesion.fdg_to_sstr)},
          {"pattern", text_or_null(lesion.pattern)},
          {"netpet_pattern", text_or_null(lesion.netpet_pattern)},
          {"krenning", json_of(lesion.krenning)},
          {"decides", lesion.decides},
          {"sstr_rads",
           {{"uptake_level", json_of(lesion.sstr_rads_uptake_level)},
            {"category", json_of(lesion.sstr_rads_category)},
            {"needs_reader", lesion.sstr_rads_needs_reader}}},
          {"heterogeneity", lesion.heterogeneous ? Json{{"heterogeneous", *lesion.heterogeneous}} : Json()},
          {"flags", lesion.flags}};
}

Json json_of_biopsy(const std::string& target, const std::string& why,
                    const std::vector<BiopsyAlternative>& alternatives) {
  Json ids = Json::array(), reasons = Json::array();
  for (const BiopsyAlternative& one : alternatives) {
    ids.push_back(one.lesion);
    reasons.push_back(one.why);
  }
  return {{"lesion", target}, {"why", why}, {"alternatives", ids}, {"alternatives_why", reasons}};
}

Json json_of(const GradingResult& result) {
  Json lesions = Json::array();
  for (const LesionGrade& lesion : result.lesions) lesions.push_back(json_of(lesion));
  Json grades = Json::object();
  for (const Grade& grade : result.grades) grades[grade.scale] = json_of(grade);
  Json warnings = Json::array();
  for (const Warning& warning : result.warnings) warnings.push_back(json_of(warning));
  Json biopsy;
  if (result.biopsy_target)
    biopsy = json_of_biopsy(*result.biopsy_target, result.biopsy_why, result.biopsy_alternatives);
  return {{"headline", result.headline},
          {"lesions", std::move(lesions)},
          {"grades", std::move(grades)},
          {"biopsy_target", std::move(biopsy)},
          {"warnings", std::move(warnings)}};
}

}  // namespace netpet::record
