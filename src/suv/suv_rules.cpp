#include "suv/suv_rules.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "suv/table_reader.h"

namespace netpet::suv {
namespace {

const std::string path = "data/suv_rules.json";

SuvRules take(const nlohmann::json& table) {
  expect_keys(
      table,
      {"dose_in_mbq_below", "weight_in_grams_above", "unusual_weight_kg", "unusual_dose_bq",
       "injection_to_scan", "half_life_tolerance", "private_time_within_hours", "reference_time_differs_s"},
      path);
  const auto single = [&](const char* key) {
    expect_keys(table.at(key), {"value", "source"}, path);
    return table.at(key).at("value").get<double>();
  };
  const nlohmann::json& weight = table.at("unusual_weight_kg");
  const nlohmann::json& dose = table.at("unusual_dose_bq");
  const nlohmann::json& injection = table.at("injection_to_scan");
  expect_keys(weight, {"below", "above", "source"}, path);
  expect_keys(dose, {"below", "above", "source"}, path);
  expect_keys(injection, {"most_half_lives", "most_days", "short_minutes", "source"}, path);
  SuvRules rules;
  rules.dose_in_mbq_below = single("dose_in_mbq_below");
  rules.weight_in_grams_above = single("weight_in_grams_above");
  rules.unusual_weight_below_kg = weight.at("below");
  rules.unusual_weight_above_kg = weight.at("above");
  rules.unusual_dose_below_bq = dose.at("below");
  rules.unusual_dose_above_bq = dose.at("above");
  rules.most_half_lives_to_scan = injection.at("most_half_lives");
  rules.most_days_to_scan = injection.at("most_days");
  rules.short_uptake_minutes = injection.at("short_minutes");
  rules.half_life_tolerance = single("half_life_tolerance");
  rules.private_time_within_hours = single("private_time_within_hours");
  rules.reference_time_differs_s = single("reference_time_differs_s");
  return rules;
}

}  // namespace

SuvRules read_suv_rules(const base::Resources& resources) {
  const nlohmann::json table = parse_table(resources, path);
  try {
    return take(table);
  } catch (const nlohmann::json::exception& problem) {
    throw base::Error::input("rules_malformed", problem.what()).in_file(path);
  }
}

}  // namespace netpet::suv
