#include "lesions/region_rules.h"

#include "base/table.h"

namespace netpet::lesions {
namespace {

space::Vec3 vector_of(base::Table& table, const std::string& key) {
  const std::vector<double> mm = table.signed_numbers(key, 3);
  return {mm[0], mm[1], mm[2]};
}

void read_range(base::Table& table, const std::string& key, double& least, double& most) {
  const std::vector<double> range = table.signed_numbers(key, 2);
  if (range[0] > range[1]) table.refuse(key + " ends below its beginning");
  least = range[0], most = range[1];
}

}  // namespace

RegionRules region_rules(const base::Resources& resources) {
  RegionRules rules;
  base::Table::read(resources, "data/organ_regions.json", [&](base::Table& table) {
    const auto read = [&table](const char* key, auto read_rule) {
      table.part(key, [&](base::Table& part) {
        read_rule(part);
        part.text("source");
      });
    };
    read("tissue", [&](base::Table& part) {
      read_range(part, "hu", rules.least_hu, rules.most_hu);
      rules.least_ml = part.number("least_ml");
    });
    read("focus", [&](base::Table& part) {
      rules.apart_mm = part.number("apart_mm");
      rules.contrast = part.number("contrast");
      rules.share = part.share("share");
      rules.focus_confidence = part.share("confidence");
      rules.place_confidence = part.share("place_confidence");
    });
    read("adrenal", [&](base::Table& part) {
      rules.adrenal = {part.number("aside_mm"), part.signed_number("before_spine_mm"),
                       part.signed_number("above_kidney_top_mm"), part.number("radius_mm"),
                       part.number("focus_reach_mm")};
    });
    read("pituitary", [&](base::Table& part) { rules.pituitary_reach_mm = part.number("focus_reach_mm"); });
    read("thyroid", [&](base::Table& part) {
      rules.thyroid = {part.number("around_trachea_mm"), part.number("focus_reach_mm")};
    });
    read("salivary", [&](base::Table& part) { rules.salivary_reach_mm = part.number("focus_reach_mm"); });
    read("pancreas", [&](base::Table& part) {
      rules.pancreas = {vector_of(part, "head_mm"), vector_of(part, "neck_mm"), vector_of(part, "body_mm"),
                        part.number("radius_mm"), part.signed_number("hilum_above_spleen_mm")};
    });
    read("uncinate_process", [&](base::Table& part) {
      rules.uncinate = {vector_of(part, "at_mm"), part.number("radius_mm"), part.number("focus_reach_mm")};
    });
    read("prostate_or_uterus", [&](base::Table& part) {
      rules.prostate.aside_mm = part.number("aside_mm");
      read_range(part, "behind_bladder_mm", rules.prostate.least_behind_mm, rules.prostate.most_behind_mm);
      rules.prostate.below_mm = part.number("below_bladder_mm");
      rules.prostate.above_mm = part.number("above_bladder_mm");
    });
  });
  return rules;
}

}  // namespace netpet::lesions
