#include "anatomy/reference_rules.h"

#include "base/table.h"

namespace netpet::anatomy {
namespace {

LiverRule read_liver(base::Table& table) {
  return {table.number("erosion_mm"), table.number("candidate_margin_mm"), table.number("sphere_diameter_mm"),
          table.number("least_ml"),   table.share("replaced_share"),       table.text("source")};
}

SpleenRule read_spleen(base::Table& table) {
  return {table.number("erosion_mm"),
          table.number("candidate_margin_mm"),
          table.number("largest_sphere_diameter_mm"),
          table.number("smallest_sphere_diameter_mm"),
          table.number("least_ml"),
          table.share("replaced_share"),
          table.text("source")};
}

BloodPoolRule read_blood_pool(base::Table& table) {
  return {
      table.number("cylinder_diameter_mm"), table.number("cylinder_length_mm"), table.number("erosion_mm"),
      table.number("candidate_margin_mm"),  table.number("least_ml"),           table.text("source")};
}

VertebraRule read_vertebrae(base::Table& table) {
  return {table.number("ball_radius_mm"), table.number("body_depth_mm"),       table.number("pitch_mm"),
          table.number("below_dome_mm"),  table.number("length_mm"),           table.whole("least_bodies"),
          table.share("like_median"),     table.number("candidate_margin_mm"), table.text("source")};
}

TissueRule read_tissue(base::Table& table) {
  return {table.text("name"),
          table.wholes("organs"),
          table.wholes("otherwise"),
          table.number("erosion_mm"),
          table.number("candidate_margin_mm"),
          table.number("least_ml"),
          table.text("source")};
}

record::Role tracer_of(base::Table& range) {
  const std::string tracer = range.text("tracer");
  if (tracer == "sstr") return record::Role::sstr;
  if (tracer == "fdg") return record::Role::fdg;
  range.refuse("the tracer is neither sstr nor fdg");
}

}  // namespace

ReferenceRules read_reference_rules(const base::Resources& resources) {
  ReferenceRules rules;
  base::Table::read(resources, "data/references.json", [&](base::Table& table) {
    table.part("liver", [&](base::Table& part) { rules.liver = read_liver(part); });
    table.part("spleen", [&](base::Table& part) { rules.spleen = read_spleen(part); });
    table.part("blood_pool", [&](base::Table& part) { rules.blood_pool = read_blood_pool(part); });
    table.part("vertebrae", [&](base::Table& part) { rules.vertebrae = read_vertebrae(part); });
    table.each("tissues", [&](base::Table& tissue) { rules.tissues.push_back(read_tissue(tissue)); });
  });
  return rules;
}

std::vector<ReferenceRange> read_reference_ranges(const base::Resources& resources) {
  std::vector<ReferenceRange> ranges;
  base::Table::read(resources, "data/reference_ranges.json", [&](base::Table& table) {
    table.each("ranges", [&](base::Table& range) {
      ranges.push_back({tracer_of(range), range.text("organ"), range.number("low"), range.number("high"),
                        range.text("source")});
    });
  });
  return ranges;
}

}  // namespace netpet::anatomy
