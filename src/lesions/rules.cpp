#include "lesions/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/table.h"

namespace netpet::lesions {
namespace {

NormalUptake normal_uptake(base::Table& row) {
  const std::string text = row.text("uptake");
  if (text == "any") return NormalUptake::any;
  if (text == "above_own_level") return NormalUptake::above_own_level;
  if (text == "above_own_range") return NormalUptake::above_own_range;
  if (text == "above_blood_pool") return NormalUptake::above_blood_pool;
  row.refuse(fmt::format("'uptake' cannot be '{}'", text));
}

FindingRules read_finding(base::Table& table, record::Role role) {
  FindingRules rules;
  rules.noise_multiple = table.number("noise_multiple");
  rules.split_depth = table.share("split_depth");
  rules.split_noise_multiple = table.number("split_noise_multiple");
  rules.beyond_organ_depth = table.share("beyond_organ_depth");
  rules.organ_reach_mm = table.number("organ_reach_mm");
  rules.grow_share = table.share("grow_share");
  rules.small_focus_contrast = table.number("small_focus_contrast");
  rules.faint_contrast = table.number("faint_contrast");
  rules.erosion_mm = table.number("erosion_mm");
  rules.least_tissue_ml = table.number("least_tissue_ml");
  rules.blood_pool_organs = table.wholes("blood_pool_organs");
  rules.own_range_share = table.share("own_range_share");
  rules.air_share_of_blood_pool = table.share("air_share_of_blood_pool");
  rules.soft_tissue_contrast = table.number("soft_tissue_contrast");
  for (const record::Role each : {record::Role::sstr, record::Role::fdg})
    table.part(std::string(record::name_of(each)), [&](base::Table& tracer) {
      const double blood_pool_suv = tracer.number("blood_pool_suv"), edge_mm = tracer.number("edge_mm");
      if (each == role) rules.blood_pool_suv = blood_pool_suv, rules.edge_mm = edge_mm;
    });
  table.text("source");
  return rules;
}

OutlineRules read_outline(base::Table& table, record::Role role) {
  OutlineRules rules;
  rules.sd_multiple = table.number("sd_multiple");
  rules.least_relative_sd = table.number("least_relative_sd");
  rules.most_relative_sd = table.number("most_relative_sd");
  table.each("methods", [&](base::Table& row) {
    rules.methods.push_back(read_outline_method(row));
    for (const OutlineMethod& one : rules.methods)
      if (&one != &rules.methods.back() && one.name == rules.methods.back().name)
        row.refuse(fmt::format("two methods are called '{}'", one.name));
  });
  for (const record::Role each : {record::Role::sstr, record::Role::fdg})
    table.part(std::string(record::name_of(each)), [&](base::Table& tracer) {
      const std::string name = tracer.text("method");
      tracer.text("source");
      const auto named = std::find_if(rules.methods.begin(), rules.methods.end(),
                                      [&](const OutlineMethod& one) { return one.name == name; });
      if (named == rules.methods.end()) tracer.refuse(fmt::format("no method is called '{}'", name));
      if (each == role) rules.method = *named;
    });
  table.text("source");
  return rules;
}

std::vector<TissueRule> read_tissues(base::Table& table, record::Role role) {
  std::vector<TissueRule> rules;
  std::set<std::uint16_t> named;
  table.each(std::string(record::name_of(role)), [&](base::Table& row) {
    TissueRule rule;
    rule.name = row.text("name");
    rule.organs = row.wholes("organs");
    rule.uptake = normal_uptake(row);
    rule.contrast = row.number("contrast");
    rule.up_to_suv = row.number("up_to_suv");
    rule.reason = row.text("reason");
    rule.confidence = row.share("confidence");
    row.text("source");
    for (const std::uint16_t organ : rule.organs)
      if (!named.insert(organ).second)
        row.refuse(fmt::format("organ {} stands in two entries of one tracer", organ));
    rules.push_back(std::move(rule));
  });
  return rules;
}

}  // namespace

LesionRules lesion_rules(const base::Resources& resources, record::Role role) {
  LesionRules rules;
  base::Table::read(resources, "data/lesions.json", [&](base::Table& table) {
    table.part("finding", [&](base::Table& part) { rules.finding = read_finding(part, role); });
    table.part("phenotypes", [&](base::Table& part) {
      rules.phenotypes.sstr_share = part.share("sstr_share");
      rules.phenotypes.least_search_mm = part.number("least_search_mm");
      rules.phenotypes.least_focus_ml = part.number("least_focus_ml");
      rules.phenotypes.focus_edge_mm = part.number("focus_edge_mm");
      part.text("source");
    });
    table.part("heterogeneity", [&](base::Table& part) {
      rules.heterogeneity.least_part_ml = part.number("least_part_ml");
      rules.heterogeneity.rim_mm = part.number("rim_mm");
      rules.heterogeneity.least_contrast = part.number("least_contrast");
      rules.heterogeneity.least_voxels = part.number("least_voxels");
      rules.heterogeneity.least_ml = part.number("least_ml");
      part.text("source");
    });
    table.part("burden", [&](base::Table& part) {
      rules.burden_from_ml = part.number("from_ml");
      part.text("source");
    });
    table.part("outline_flags", [&](base::Table& part) {
      rules.outline_flags.fwhm_mm = part.number("fwhm_mm");
      rules.outline_flags.partial_volume_fwhms = part.number("partial_volume_fwhms");
      rules.outline_flags.least_core_ml = part.number("least_core_ml");
      part.text("source");
    });
    table.part("outline", [&](base::Table& part) { rules.outline = read_outline(part, role); });
  });
  return rules;
}

std::vector<TissueRule> tissue_rules(const base::Resources& resources, record::Role role) {
  std::map<record::Role, std::vector<TissueRule>> rules;
  base::Table::read(resources, "data/physiologic.json", [&](base::Table& table) {
    for (const record::Role each : {record::Role::sstr, record::Role::fdg})
      rules[each] = read_tissues(table, each);
  });
  return rules[role];
}

}  // namespace netpet::lesions
