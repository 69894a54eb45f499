#include "record/grading_case_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/error.h"
#include "record/json_fields.h"

namespace netpet::record {
namespace {

using base::Error;

Reference read_reference(const InputJson& value, const std::string& place, std::vector<Warning>& warnings) {
  JsonFields fields(value, place);
  Reference reference;
  reference.mean = fields.required_number("mean");
  reference.sd = fields.required_number("sd");
  reference.max = fields.number("max");
  reference.volume_ml = fields.number("volume_ml");
  reference.source = fields.text("source").value_or("reader");
  fields.value(
      "centroid_lps_mm");  // a reference out of a reading carries its place, which grading does not need
  fields.value("note");
  fields.warn_unknown(warnings);
  if (!(reference.mean > 0))
    throw Error::input("reference_not_positive", fmt::format("{}.mean must be above 0", place));
  return reference;
}

References read_references(const InputJson* value, const std::string& place, std::vector<Warning>& warnings) {
  References references;
  if (!value) return references;
  if (!value->is_object()) refuse_type(place, "an object");
  for (const auto& [organ, reference] : value->items())
    if (!reference.is_null())
      references.emplace(organ, read_reference(reference, place + "." + organ, warnings));
  return references;
}

GradingUptake read_uptake(const InputJson* value, const std::string& place, std::vector<Warning>& warnings) {
  GradingUptake uptake;
  if (!value) return uptake;
  JsonFields fields(*value, place);
  uptake.suvpeak = fields.number("suvpeak");
  uptake.suvmax = fields.number("suvmax");
  fields.warn_unknown(warnings);
  return uptake;
}

std::optional<SizeSource> read_size_source(JsonFields& fields) {
  const auto name = fields.text("size_source");
  if (!name) return std::nullopt;
  const auto source = size_source_of(*name);
  if (!source)
    throw Error::input("unknown_value", fmt::format("{} is \"{}\"; it must be ct, reader or pet",
                                                    fields.place_of("size_source"), *name));
  return source;
}

/// `excluded` gives the reason; a status of a reading (`physiologic`, `excluded`, `unreviewed`) is understood
/// too.
void read_status(JsonFields& fields, GradingLesion& lesion) {
  lesion.excluded = fields.text("excluded");
  const auto status = fields.text("status");
  if (!status) return;
  if (*status == "unreviewed")
    lesion.unreviewed = true;
  else if (*status == "physiologic" || *status == "excluded")
    lesion.excluded = lesion.excluded.value_or(*status);
  else if (*status != "pathologic")
    throw Error::input("unknown_value",
                       fmt::format("{} is \"{}\"; it must be unreviewed, pathologic, physiologic or excluded",
                                   fields.place_of("status"), *status));
}

GradingLesion read_lesion(const InputJson& value, const std::string& place, std::vector<Warning>& warnings) {
  JsonFields fields(value, place);
  GradingLesion lesion;
  lesion.id = fields.required_text("id");
  lesion.site = fields.text("site").value_or("");
  lesion.size_mm = fields.number("size_mm");
  lesion.size_source = read_size_source(fields);
  lesion.volume_ml = fields.number("volume_ml");
  lesion.sstr = read_uptake(fields.value("sstr"), place + ".sstr", warnings);
  lesion.fdg = read_uptake(fields.value("fdg"), place + ".fdg", warnings);
  read_status(fields, lesion);
  fields.warn_unknown(warnings);
  return lesion;
}

/// {"sstr": "68Ga-DOTATATE", "fdg": null}: names, or null for a study that was not made.
void read_tracers(const InputJson* value, GradingCase& one, std::vector<Warning>& warnings) {
  if (!value) return;
  JsonFields fields(*value, "tracers");
  one.sstr_tracer = fields.text("sstr").value_or("");
  fields.text("fdg");
  one.sstr_given = !value->contains("sstr") || !(*value)["sstr"].is_null();
  one.fdg_given = !value->contains("fdg") || !(*value)["fdg"].is_null();
  fields.warn_unknown(warnings);
}

void require_blood_pool(const References& references, const char* tracer) {
  if (!references.contains("blood_pool"))
    throw Error::input("blood_pool_missing",
                       fmt::format("references.{}.blood_pool is missing; give its mean and sd", tracer));
}

void read_all_but_lesions(JsonFields& fields, GradingCaseInput& input) {
  GradingCase& one = input.grading_case;
  read_tracers(fields.value("tracers"), one, input.warnings);
  const InputJson* references = fields.value("references");
  if (!references) throw Error::input("missing_field", "references is missing");
  JsonFields by_tracer(*references, "references");
  one.sstr_references = read_references(by_tracer.value("sstr"), "references.sstr", input.warnings);
  one.fdg_references = read_references(by_tracer.value("fdg"), "references.fdg", input.warnings);
  by_tracer.warn_unknown(input.warnings);
  if (one.sstr_given) require_blood_pool(one.sstr_references, "sstr");
  if (one.fdg_given) require_blood_pool(one.fdg_references, "fdg");
  one.interval_days = fields.number("interval_days");
  if (const InputJson* clinical = fields.value("clinical")) {
    if (!clinical->is_object()) refuse_type("clinical", "an object");
    input.warnings.push_back({"clinical_not_used", "clinical was read, but no scale uses it"});
  }
  if (fields.number("stability_draws").value_or(0) > 0)
    input.warnings.push_back(
        {"stability_not_computed", "stability_draws was read, but no stability is computed"});
}

}  // namespace

void read_grading_lesions(const InputJson& lesions, GradingCaseInput& input) {
  if (!lesions.is_array()) refuse_type("lesions", "a list");
  std::unordered_set<std::string> ids;
  for (std::size_t i = 0; i < lesions.size(); ++i) {
    const std::string place = fmt::format("lesions[{}]", i);
    GradingLesion lesion = read_lesion(lesions[i], place, input.warnings);
    if (!ids.insert(lesion.id).second)
      throw Error::input("duplicate_lesion_id", fmt::format("{}.id \"{}\" is given twice", place, lesion.id));
    input.grading_case.lesions.push_back(std::move(lesion));
  }
}

GradingCaseInput read_grading_case(const InputJson& document) {
  GradingCaseInput input;
  JsonFields fields(document, "");
  read_all_but_lesions(fields, input);
  const InputJson* lesions = fields.value("lesions");
  if (!lesions) throw Error::input("missing_field", "lesions is missing; an empty list means no lesion");
  read_grading_lesions(*lesions, input);
  fields.warn_unknown(input.warnings);
  return input;
}

GradingCaseInput read_grading_references(const InputJson& document) {
  GradingCaseInput input;
  const bool alone = document.is_object() && !document.contains("references");
  const InputJson wrapped = alone ? InputJson{{"references", document}} : document;
  JsonFields fields(wrapped, "");
  read_all_but_lesions(fields, input);
  fields.warn_unknown(input.warnings);
  return input;
}

}  // namespace netpet::record
