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
    single("dose_surely_mbq_above", rules.dose_surely_mbq_above);
    single("dose_in_bq_from", rules.dose_in_bq_from);
    single("weight_in_grams_above", rules.weight_in_grams_above);
    single("height_in_cm_above", rules.height_in_cm_above);
    usual("unusual_weight_kg", rules.unusual_weight_below_kg, rules.unusual_weight_above_kg);
    usual("possible_height_m", rules.least_height_m, rules.most_height_m);
    usual("unusual_height_m", rules.unusual_height_below_m, rules.unusual_height_above_m);
    usual("unusual_body_mass_index", rules.unusual_bmi_below, rules.unusual_bmi_above);
    usual("unusual_dose_bq", rules.unusual_dose_below_bq, rules.unusual_dose_above_bq);
    single("unusual_therapy_dose_above_bq", rules.unusual_therapy_dose_above_bq);
    table.part("injection_to_scan", [&](base::Table& rule) {
      rules.most_half_lives_to_scan = rule.number("most_half_lives");
      rules.most_days_to_scan = rule.number("most_days");
      rules.short_uptake_minutes = rule.number("short_minutes");
      rules.long_uptake_half_lives = rule.number("long_half_lives");
      rule.text("source");
    });
    single("half_life_tolerance", rules.half_life_tolerance);
    single("private_time_within_hours", rules.private_time_within_hours);
    single("reference_time_differs_s", rules.reference_time_differs_s);
    single("decay_factor_differs_s", rules.decay_factor_differs_s);
    single("longest_scan_hours", rules.longest_scan_hours);
    single("philips_factors_differ", rules.philips_factors_differ);
    single("real_world_value_differs", rules.real_world_value_differs);
    usual("share_of_dose", rules.least_share_of_dose, rules.most_share_of_dose);
    single("whole_body_from_mm", rules.whole_body_from_mm);
    single("least_greatest_suv", rules.least_greatest_suv);
    single("slice_out_of_line", rules.slice_out_of_line);
    single("shortest_frame_s", rules.shortest_frame_s);
  });
  return rules;
}

}  // namespace netpet::suv
