#include "lesions/rules.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"

namespace netpet::lesions {

namespace {

using nlohmann::json;

constexpr const char* kLesionsFile = "data/lesions.json";
constexpr const char* kPhysiologicFile = "data/physiologic.json";

[[noreturn]] void refuse(const char* file, const std::string& message) {
  throw base::Error::input("rules_malformed", message).in_file(file);
}

json parsed(const base::Resources& resources, const char* file) {
  json document = json::parse(resources.text(file), nullptr, false);
  if (document.is_discarded()) refuse(file, "The table is not valid JSON.");
  return document;
}

/// One object of a table. Every key must be asked for before `finish`, and every asked key be there.
class Row {
 public:
  Row(const json& object, const char* file) : object_(object), file_(file) {
    if (!object_.is_object()) refuse(file_, "An entry is not an object.");
  }

  double number(const char* key) {
    const json& value = at(key);
    if (!value.is_number() || value.get<double>() < 0)
      refuse(file_, fmt::format("'{}' is not a number from 0 on.", key));
    return value.get<double>();
  }
  std::string text(const char* key) {
    const json& value = at(key);
    if (!value.is_string() || value.get<std::string>().empty())
      refuse(file_, fmt::format("'{}' is not a text.", key));
    return value.get<std::string>();
  }
  std::vector<std::uint16_t> organs(const char* key) {
    const json& value = at(key);
    if (!value.is_array()) refuse(file_, fmt::format("'{}' is not a list of organ ids.", key));
    std::vector<std::uint16_t> ids;
    for (const json& id : value) {
      if (!id.is_number_unsigned() || id.get<std::uint64_t>() > 65535)
        refuse(file_, fmt::format("'{}' holds something that is no organ id.", key));
      ids.push_back(id.get<std::uint16_t>());
    }
    return ids;
  }
  Row object(const char* key) { return {at(key), file_}; }
  const json& list(const char* key) {
    const json& value = at(key);
    if (!value.is_array()) refuse(file_, fmt::format("'{}' is not a list.", key));
    return value;
  }
  /// The tracer's own part; the other's is not read.
  template <class Part>
  Part of_role(record::Role role, Part (Row::*read)(const char*)) {
    at(role == record::Role::sstr ? "fdg" : "sstr");
    return (this->*read)(std::string(record::name_of(role)).c_str());
  }
  /// A row without a source is refused; the source itself is for people.
  void finish_with_source() {
    text("source");
    for (const auto& [key, value] : object_.items())
      if (!asked_.contains(key)) refuse(file_, fmt::format("The table has the unknown key '{}'.", key));
  }

 private:
  const json& at(const char* key) {
    asked_.insert(key);
    const auto found = object_.find(key);
    if (found == object_.end()) refuse(file_, fmt::format("The table lacks '{}'.", key));
    return *found;
  }

  const json& object_;
  const char* file_;
  std::set<std::string> asked_;
};

NormalUptake normal_uptake(const std::string& text) {
  if (text == "any") return NormalUptake::any;
  if (text == "above_own_level") return NormalUptake::above_own_level;
  if (text == "above_own_range") return NormalUptake::above_own_range;
  if (text == "above_blood_pool") return NormalUptake::above_blood_pool;
  refuse(kPhysiologicFile, fmt::format("'uptake' cannot be '{}'.", text));
}

}  // namespace

FindingRules finding_rules(const base::Resources& resources, record::Role role) {
  const json document = parsed(resources, kLesionsFile);
  Row finding = Row(document, kLesionsFile).object("finding");
  FindingRules rules;
  rules.noise_multiple = finding.number("noise_multiple");
  rules.split_depth = finding.number("split_depth");
  rules.split_noise_multiple = finding.number("split_noise_multiple");
  rules.grow_share = finding.number("grow_share");
  rules.small_focus_contrast = finding.number("small_focus_contrast");
  rules.faint_contrast = finding.number("faint_contrast");
  rules.erosion_mm = finding.number("erosion_mm");
  rules.least_tissue_ml = finding.number("least_tissue_ml");
  rules.blood_pool_organs = finding.organs("blood_pool_organs");
  rules.soft_tissue_contrast = finding.number("soft_tissue_contrast");
  Row tracer = finding.of_role(role, &Row::object);
  rules.blood_pool_suv = tracer.number("blood_pool_suv");
  rules.edge_mm = tracer.number("edge_mm");
  finding.finish_with_source();
  return rules;
}

OutlineRules outline_rules(const base::Resources& resources, record::Role role) {
  const json document = parsed(resources, kLesionsFile);
  Row outline = Row(document, kLesionsFile).object("outline");
  OutlineRules rules;
  rules.sd_multiple = outline.number("sd_multiple");
  rules.least_relative_sd = outline.number("least_relative_sd");
  rules.most_relative_sd = outline.number("most_relative_sd");
  Row tracer = outline.of_role(role, &Row::object);
  rules.share_of_suvmax = tracer.number("share_of_suvmax");
  tracer.finish_with_source();
  outline.finish_with_source();
  return rules;
}

std::vector<TissueRule> tissue_rules(const base::Resources& resources, record::Role role) {
  const json document = parsed(resources, kPhysiologicFile);
  Row tracers(document, kPhysiologicFile);
  std::vector<TissueRule> rules;
  std::set<std::uint16_t> named;
  for (const json& entry : tracers.list(std::string(record::name_of(role)).c_str())) {
    Row row(entry, kPhysiologicFile);
    TissueRule rule;
    rule.name = row.text("name");
    rule.organs = row.organs("organs");
    rule.uptake = normal_uptake(row.text("uptake"));
    rule.contrast = row.number("contrast");
    rule.up_to_suv = row.number("up_to_suv");
    rule.reason = row.text("reason");
    rule.confidence = row.number("confidence");
    row.finish_with_source();
    for (const std::uint16_t organ : rule.organs)
      if (!named.insert(organ).second)
        refuse(kPhysiologicFile, fmt::format("Organ {} stands in two entries of one tracer.", organ));
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace netpet::lesions
