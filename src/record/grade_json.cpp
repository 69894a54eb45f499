#include "record/grade_json.h"

#include <nlohmann/json.hpp>
#include <variant>

#include "record/json.h"
#include "record/json_writer.h"

namespace netpet::record {
namespace {

void write_field(JsonWriter& out, const GradeField& field) {
  if (const auto* alternatives = std::get_if<AlternativeValues>(&field)) {
    out.begin_object();
    for (const auto& [definition, value] : *alternatives) out.member(definition, value);
    out.end_object();
  } else if (const auto* lists = std::get_if<TextLists>(&field)) {
    out.begin_object();
    for (const auto& [name, texts] : *lists) out.member(name, texts);
    out.end_object();
  } else {
    std::visit(
        [&out](const auto& value) {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (!std::is_same_v<Value, AlternativeValues> && !std::is_same_v<Value, TextLists>)
            out.value(value);
        },
        field);
  }
}

/// The shares of the values, and what else the repeats showed.
void write_stability(JsonWriter& out, const Stability& stability) {
  out.key("stability");
  out.begin_object();
  for (const auto& [value, share] : stability.shares) out.member(value, share);
  out.end_object();
  out.key("stability_details");
  out.begin_object();
  out.member("draws", static_cast<double>(stability.draws));
  out.member("same", stability.same);
  if (stability.same_group) out.member("same_group", *stability.same_group);
  out.member("sentence", stability.sentence);
  out.key("hangs_on");
  if (const auto& hangs_on = stability.hangs_on) {
    out.begin_object();
    out.member("lesion", hangs_on->lesion);
    out.member("limit", hangs_on->limit);
    out.member("same_if_certain", hangs_on->same_if_certain);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
}

void write(JsonWriter& out, const Grade& grade) {
  out.begin_object();
  out.member("value", grade.value);
  for (const auto& [name, field] : grade.fields) {
    out.key(name);
    write_field(out, field);
  }
  if (grade.stability) write_stability(out, *grade.stability);
  out.member("suitability", grade.suitability);
  out.member("applicability", grade.applicability);
  out.member_or_null("population", grade.population);
  out.member("caveats", grade.caveats);
  out.member("flags", grade.flags);
  out.member("evidence", grade.evidence);
  out.member("source", grade.source);
  out.end_object();
}

void write_on_tracer(JsonWriter& out, const char* tracer, const base::Computed<bool>& positive,
                     const std::string& background, const TissueRatios& ratios) {
  out.key(tracer);
  out.begin_object();
  out.member("to_liver", ratios.to_liver);
  out.member("to_spleen", ratios.to_spleen);
  out.member("to_blood_pool", ratios.to_blood_pool);
  out.member("positive", positive);
  out.member_or_null("background", background);
  out.end_object();
}

void write(JsonWriter& out, const LesionGrade& lesion) {
  out.begin_object();
  out.member("id", lesion.id);
  out.key("uptake");
  out.begin_object();
  write_on_tracer(out, "sstr", lesion.sstr_positive, lesion.sstr_background, lesion.sstr_ratios);
  write_on_tracer(out, "fdg", lesion.fdg_positive, lesion.fdg_background, lesion.fdg_ratios);
  out.end_object();
  out.member("fdg_to_sstr", lesion.fdg_to_sstr);
  out.member_or_null("pattern", lesion.pattern);
  out.member_or_null("netpet_pattern", lesion.netpet_pattern);
  out.member("krenning", lesion.krenning);
  out.member("decides", lesion.decides);
  out.key("sstr_rads");
  out.begin_object();
  out.member("uptake_level", lesion.sstr_rads_uptake_level);
  out.member("category", lesion.sstr_rads_category);
  out.member("needs_reader", lesion.sstr_rads_needs_reader);
  out.end_object();
  out.key("heterogeneity");
  if (lesion.heterogeneous) {
    out.begin_object();
    out.member("heterogeneous", *lesion.heterogeneous);
    out.end_object();
  } else {
    out.null();
  }
  out.member("flags", lesion.flags);
  out.end_object();
}

void write_biopsy(JsonWriter& out, const std::string& target, const std::string& why,
                  const std::vector<BiopsyAlternative>& alternatives) {
  out.begin_object();
  out.member("lesion", target);
  out.member("why", why);
  out.key("alternatives");
  out.begin_array();
  for (const BiopsyAlternative& one : alternatives) out.value(one.lesion);
  out.end_array();
  out.key("alternatives_why");
  out.begin_array();
  for (const BiopsyAlternative& one : alternatives) out.value(one.why);
  out.end_array();
  out.end_object();
}

}  // namespace

std::string compact_text_of(const GradingResult& result, const std::string& case_name) {
  JsonWriter out;
  out.begin_object();
  out.member("headline", result.headline);
  out.key("lesions");
  out.begin_array();
  for (const LesionGrade& lesion : result.lesions) write(out, lesion);
  out.end_array();
  out.key("grades");
  out.begin_object();
  for (const Grade& grade : result.grades) {
    out.key(grade.scale);
    write(out, grade);
  }
  out.end_object();
  out.key("biopsy_target");
  if (result.biopsy_target)
    write_biopsy(out, *result.biopsy_target, result.biopsy_why, result.biopsy_alternatives);
  else
    out.null();
  out.key("warnings");
  out.begin_array();
  for (const Warning& warning : result.warnings) {
    const Json one = json_of(warning);
    out.written(one.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  out.end_array();
  if (!case_name.empty()) out.member("case", case_name);
  out.end_object();
  return out.take();
}

Json json_of(const Grade& grade) {
  JsonWriter out;
  write(out, grade);
  return Json::parse(out.text());
}

Json json_of(const GradingResult& result) {
  return Json::parse(compact_text_of(result, ""));
}

Json json_of_biopsy(const std::string& target, const std::string& why,
                    const std::vector<BiopsyAlternative>& alternatives) {
  JsonWriter out;
  write_biopsy(out, target, why, alternatives);
  return Json::parse(out.text());
}

}  // namespace netpet::record
