#include "anatomy/reference_rules.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"

namespace netpet::anatomy {
namespace {

using nlohmann::json;

/// One JSON object of a rules file; every key must be asked for, and every asked key be there.
class RuleReader {
 public:
  RuleReader(const json& object, std::string file, std::string place)
      : object_(object), file_(std::move(file)), place_(std::move(place)) {
    if (!object_.is_object()) refuse("is not an object");
  }

  double length(const char* key) {
    const json& value = at(key);
    if (!value.is_number() || value.get<double>() < 0)
      refuse(fmt::format("'{}' is not a number from 0 on", key));
    return value.get<double>();
  }
  std::string text(const char* key) {
    const json& value = at(key);
    if (!value.is_string()) refuse(fmt::format("'{}' is not a text", key));
    return value.get<std::string>();
  }
  std::vector<std::uint16_t> ids(const char* key) {
    const json& value = at(key);
    std::vector<std::uint16_t> result;
    if (!value.is_array()) refuse(fmt::format("'{}' is not a list of organ ids", key));
    for (const json& id : value) {
      if (!id.is_number_unsigned() || id.get<std::uint64_t>() > 65535)
        refuse(fmt::format("'{}' holds something that is no organ id", key));
      result.push_back(id.get<std::uint16_t>());
    }
    return result;
  }
  const json& list(const char* key) {
    const json& value = at(key);
    if (!value.is_array()) refuse(fmt::format("'{}' is not a list", key));
    return value;
  }
  RuleReader object(const char* key) { return {at(key), file_, key}; }
  RuleReader element(const json& value, const char* key) const { return {value, file_, key}; }

  void finish() const {
    for (const auto& [key, value] : object_.items())
      if (!asked_.contains(key)) refuse(fmt::format("has the unknown key '{}'", key));
  }
  [[noreturn]] void refuse(const std::string& what) const {
    throw base::Error::input("rules_malformed",
                             fmt::format("{} {}.", place_.empty() ? "The table" : place_, what))
        .in_file(file_);
  }

 private:
  const json& at(const char* key) {
    asked_.insert(key);
    const auto found = object_.find(key);
    if (found == object_.end()) refuse(fmt::format("lacks '{}'", key));
    return *found;
  }

  const json& object_;
  std::string file_;
  std::string place_;
  std::set<std::string> asked_;
};

json parse(const base::Resources& resources, const std::string& file) {
  json document = json::parse(resources.text(file), nullptr, false);
  if (document.is_discarded())
    throw base::Error::input("rules_malformed", "The table is not valid JSON.").in_file(file);
  return document;
}

LiverRule read_liver(RuleReader reader) {
  LiverRule rule{reader.length("erosion_mm"),         reader.length("candidate_margin_mm"),
                 reader.length("sphere_diameter_mm"), reader.length("least_ml"),
                 reader.length("replaced_share"),     reader.text("source")};
  reader.finish();
  return rule;
}

SpleenRule read_spleen(RuleReader reader) {
  SpleenRule rule{reader.length("erosion_mm"),
                  reader.length("candidate_margin_mm"),
                  reader.length("largest_sphere_diameter_mm"),
                  reader.length("smallest_sphere_diameter_mm"),
                  reader.length("least_ml"),
                  reader.length("replaced_share"),
                  reader.text("source")};
  reader.finish();
  return rule;
}

BloodPoolRule read_blood_pool(RuleReader reader) {
  BloodPoolRule rule{
      reader.length("cylinder_diameter_mm"), reader.length("cylinder_length_mm"), reader.length("erosion_mm"),
      reader.length("candidate_margin_mm"),  reader.length("least_ml"),           reader.text("source")};
  reader.finish();
  return rule;
}

TissueRule read_tissue(RuleReader reader) {
  TissueRule rule{reader.text("name"),
                  reader.ids("organs"),
                  reader.ids("otherwise"),
                  reader.length("erosion_mm"),
                  reader.length("candidate_margin_mm"),
                  reader.length("least_ml"),
                  reader.text("source")};
  reader.finish();
  return rule;
}

}  // namespace

ReferenceRules read_reference_rules(const base::Resources& resources) {
  const std::string file = "data/references.json";
  const json document = parse(resources, file);
  RuleReader reader(document, file, "");
  ReferenceRules rules{read_liver(reader.object("liver")),
                       read_spleen(reader.object("spleen")),
                       read_blood_pool(reader.object("blood_pool")),
                       {}};
  for (const json& tissue : reader.list("tissues"))
    rules.tissues.push_back(read_tissue(reader.element(tissue, "tissues")));
  reader.finish();
  return rules;
}

std::vector<ReferenceRange> read_reference_ranges(const base::Resources& resources) {
  const std::string file = "data/reference_ranges.json";
  const json document = parse(resources, file);
  RuleReader reader(document, file, "");
  std::vector<ReferenceRange> ranges;
  for (const json& element : reader.list("ranges")) {
    RuleReader range = reader.element(element, "ranges");
    const std::string tracer = range.text("tracer");
    if (tracer != "sstr" && tracer != "fdg") range.refuse("'tracer' is neither sstr nor fdg");
    ranges.push_back({tracer == "sstr" ? record::Role::sstr : record::Role::fdg, range.text("organ"),
                      range.length("low"), range.length("high"), range.text("source")});
    range.finish();
  }
  reader.finish();
  return ranges;
}

}  // namespace netpet::anatomy
