#include "suv/suv_rules.h"

#include "base/table.h"

namespace netpet::suv {

SuvRules read_suv_rules(const base::Resources& resources) {
  SuvRules rules;
  base::Table::read(resources, "data/suv_rules.json", [&](base::Table& table) {
    const auto single = [&](const char* key, double& value) {
      table.part(key, [&](base::Table& rule) {
        value = rule.number("value");
        rule.text("source");
      });
    };
    const auto usual = [&](const char* key, double& below, double& above) {
      table.part(key, [&](base::Table& rule) {
        below = rule.number("below");
        above = rule.number("above");
        rule.text("source");
      });
    };
    single("dose_in_mbq_below", rules.dose_in_mbq_below);
    single("weight_in_grams_above", rules.weight_in_grams_above);
    usual("unusual_weight_kg", rules.unusual_weight_below_kg, rules.unusual_weight_above_kg);
    usual("unusual_dose_bq", rules.unusual_dose_below_bq, rules.unusual_dose_above_bq);
    table.part("injection_to_scan", [&](base::Table& rule) {
      rules.most_half_lives_to_scan = rule.number("most_half_lives");
      rules.most_days_to_scan = rule.number("most_days");
      rules.short_uptake_minutes = rule.number("short_minutes");
      rule.text("source");
    });
    single("half_life_tolerance", rules.half_life_tolerance);
    single("private_time_within_hours", rules.private_time_within_hours);
    single("reference_time_differs_s", rules.reference_time_differs_s);
  });
  return rules;
}

}  // namespace netpet::suv
