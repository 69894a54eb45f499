#include "record/grading_case_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/error.h"
#include "record/clinical_json.h"
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
      references.emplace(organ, read_reference(reference, fmt::format("{}.{}", place, organ), warnings));
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

/// One of `words`, or empty where the field is absent.
std::string read_word(JsonFields& fields, const char* key, const std::vector<std::string>& words) {
  const auto word = fields.text(key);
  if (!word) return "";
  if (std::find(words.begin(), words.end(), *word) == words.end())
    throw Error::input("unknown_value", fmt::format("{} is \"{}\"; it must be one of: {}",
                                                    fields.place_of(key), *word, fmt::join(words, ", ")));
  return *word;
}

std::optional<SizeSource> read_size_source(JsonFields& fields) {
  const std::string name = read_word(fields, "size_source", {"ct", "reader", "pet"});
  return name.empty() ? std::nullopt : size_source_of(name);
}

std::map<std::string, OtherUptake> read_other_uptake(JsonFields& lesion, std::vector<Warning>& warnings) {
  std::map<std::string, OtherUptake> uptake;
  const InputJson* by_tracer = lesion.value("other");
  if (!by_tracer) return uptake;
  const std::string place = lesion.place_of("other");
  if (!by_tracer->is_object()) refuse_type(place, "an object");
  for (const auto& [tracer, value] : by_tracer->items()) {
    if (value.is_null()) continue;
    JsonFields fields(value, fmt::format("{}.{}", place, tracer));
    OtherUptake& one = uptake[tracer];
    one.uptake.suvpeak = fields.number("suvpeak");
    one.uptake.suvmax = fields.number("suvmax");
    one.positive = fields.yes_or_no("positive");
    fields.warn_unknown(warnings);
  }
  return uptake;
}

/// The findings that SSTR-RADS and the heterogeneity rule take from the reader. A lesion of a reading carries
/// the program's own answers in the same places; they are understood and left out.
void read_findings(JsonFields& lesion, GradingLesion& one, std::vector<Warning>& warnings) {
  if (const InputJson* value = lesion.value("sstr_rads")) {
    JsonFields fields(*value, lesion.place_of("sstr_rads"));
    one.sstr_rads.site = read_word(fields, "site", {"typical", "atypical", "highly_atypical"});
    one.sstr_rads.anatomy = read_word(fields, "anatomy", {"definite", "suspicious", "indefinite"});
    one.sstr_rads.benign = read_word(fields, "benign", {"biopsy", "imaging"});
    for (const char* answer : {"uptake_level", "category", "needs_reader", "why"}) fields.value(answer);
    fields.warn_unknown(warnings);
  }
  if (const InputJson* value = lesion.value("heterogeneity")) {
    JsonFields fields(*value, lesion.place_of("heterogeneity"));
    one.heterogeneous = fields.yes_or_no("heterogeneous");
    for (const char* answer : {"not_computable", "sub_regions"}) fields.value(answer);
    fields.warn_unknown(warnings);
  }
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
  lesion.registration_error_mm = fields.number("registration_error_mm");
  lesion.sstr = read_uptake(fields.value("sstr"), place + ".sstr", warnings);
  lesion.fdg = read_uptake(fields.value("fdg"), place + ".fdg", warnings);
  read_status(fields, lesion);
  lesion.primary = fields.yes_or_no("primary").value_or(false);
  read_findings(fields, lesion, warnings);
  lesion.other = read_other_uptake(fields, warnings);
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

std::map<std::string, References> read_other_references(const InputJson* value,
                                                        std::vector<Warning>& warnings) {
  std::map<std::string, References> by_tracer;
  if (!value) return by_tracer;
  if (!value->is_object()) refuse_type("references.other", "an object");
  for (const auto& [tracer, references] : value->items())
    if (!references.is_null())
      by_tracer.emplace(tracer, read_references(&references, "references.other." + tracer, warnings));
  return by_tracer;
}

/// {"sstr": "2024-01-02", "fdg": "2024-01-14"}; gives the interval where it is not stated.
void read_scan_dates(const InputJson* value, GradingCase& one, std::vector<Warning>& warnings) {
  if (!value) return;
  JsonFields fields(*value, "scan_dates");
  one.sstr_date = fields.date("sstr");
  one.fdg_date = fields.date("fdg");
  fields.warn_unknown(warnings);
  if (!one.sstr_date || !one.fdg_date) return;
  const double days = static_cast<double>(std::abs(one.fdg_date->days - one.sstr_date->days));
  // A stated interval may count hours; more than a day apart, one of the two is wrong.
  if (one.interval_days && std::abs(*one.interval_days - days) > 1)
    throw Error::input(
        "interval_contradicts_dates",
        fmt::format("interval_days is {:g}, but scan_dates are {:g} days apart", *one.interval_days, days));
  if (!one.interval_days) one.interval_days = days;
}

/// {"fdg_positive": false}: what an FDG scan before therapy showed.
std::optional<bool> read_earlier(const InputJson* value, std::vector<Warning>& warnings) {
  if (!value) return std::nullopt;
  JsonFields fields(*value, "earlier");
  const auto fdg_positive = fields.yes_or_no("fdg_positive");
  fields.warn_unknown(warnings);
  return fdg_positive;
}

void require_blood_pool(const References& references, const char* tracer) {
  if (!references.contains("blood_pool"))
    throw Error::input("blood_pool_missing",
                       fmt::format("references.{}.blood_pool is missing; give its mean and sd", tracer));
}

// A million repeats of a usual case take some ten seconds; more digits than that say nothing.
constexpr double kMostDraws = 1e6;

std::size_t read_draws(JsonFields& fields) {
  const double draws = fields.number("stability_draws").value_or(0);
  if (draws != std::floor(draws) || draws > kMostDraws)
    throw Error::input("stability_draws_out_of_range",
                       fmt::format("stability_draws is {:g}; it must be a whole number from 0 to {:.0f}",
                                   draws, kMostDraws));
  return static_cast<std::size_t>(draws);
}

void read_all_but_lesions(JsonFields& fields, GradingCaseInput& input) {
  GradingCase& one = input.grading_case;
  read_tracers(fields.value("tracers"), one, input.warnings);
  const InputJson* references = fields.value("references");
  if (!references) throw Error::input("missing_field", "references is missing");
  JsonFields by_tracer(*references, "references");
  one.sstr_references = read_references(by_tracer.value("sstr"), "references.sstr", input.warnings);
  one.fdg_references = read_references(by_tracer.value("fdg"), "references.fdg", input.warnings);
  one.other_references = read_other_references(by_tracer.value("other"), input.warnings);
  by_tracer.warn_unknown(input.warnings);
  if (one.sstr_given) require_blood_pool(one.sstr_references, "sstr");
  if (one.fdg_given) require_blood_pool(one.fdg_references, "fdg");
  one.interval_days = fields.number("interval_days");
  read_scan_dates(fields.value("scan_dates"), one, input.warnings);
  one.earlier_fdg_positive = read_earlier(fields.value("earlier"), input.warnings);
  if (const InputJson* clinical = fields.value("clinical"))
    one.clinical = read_clinical(*clinical, "clinical");
  if (const InputJson* reader = fields.value("reader")) one.reader = read_reader_opinion(*reader, "reader");
  one.stability_draws = read_draws(fields);
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
