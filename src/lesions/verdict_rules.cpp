#include "lesions/verdict_rules.h"

#include "base/table.h"

namespace netpet::lesions {
namespace {

void read_range(base::Table& table, const std::string& key, double& least, double& most) {
  const std::vector<double> range = table.signed_numbers(key, 2);
  if (range[0] > range[1]) table.refuse(key + " ends below its beginning");
  least = range[0], most = range[1];
}

void read_organ(base::Table& table, OrganShareRule& rule) {
  rule.share = table.share("share");
  rule.thin_organ_share = table.share("thin_organ_share");
  rule.edge_share = table.share("edge_share");
  rule.edge_voxels = table.number("edge_voxels");
  rule.moved_edge_confidence = table.share("moved_edge_confidence");
}

void read_deep(base::Table& table, DeepRule& rule) {
  rule.least_label_confidence = table.share("least_label_confidence");
  rule.share = table.share("share");
  rule.around_mm = table.number("around_mm");
  rule.blur_mm = table.number("blur_mm");
  rule.least_around_ml = table.number("least_around_ml");
  table.part("tissues", [&](base::Table& tissues) {
    for (const char* name : {"liver", "vertebral marrow", "lung"})
      tissues.part(name, [&](base::Table& part) {
        DeepTissue& tissue = rule.tissues[name];
        tissue.edge_mm = part.number("edge_mm");
        read_range(part, "like_organ", tissue.least_like_organ, tissue.most_like_organ);
      });
  });
}

void read_spill(base::Table& table, OrganSpillRule& rule) {
  rule.top_share = table.share("top_share");
  rule.noise = table.number("noise");
  rule.least_ml = table.number("least_ml");
  rule.beyond_hilum_share = table.share("beyond_hilum_share");
}

void read_gut_loop(base::Table& table, GutLoopRule& rule) {
  rule.length_mm = table.number("length_mm");
  rule.elongation = table.number("elongation");
  rule.most_contrast = table.number("most_contrast");
  rule.confidence = table.share("confidence");
  rule.least_before_mm = table.number("least_before_spine_mm");
  rule.unlabelled_contrast = table.number("unlabelled_contrast");
  rule.unlabelled_confidence = table.share("unlabelled_confidence");
}

void read_gut_ends(base::Table& table, GutEndsRule& rule) {
  rule.oesophagus_aside_mm = table.number("oesophagus_aside_mm");
  read_range(table, "oesophagus_before_spine_mm", rule.least_oesophagus_before_mm,
             rule.most_oesophagus_before_mm);
  rule.rectum_aside_mm = table.number("rectum_aside_mm");
  read_range(table, "rectum_behind_bladder_mm", rule.least_rectum_behind_mm, rule.most_rectum_behind_mm);
  rule.rectum_below_mm = table.number("rectum_below_bladder_mm");
  rule.beyond_limit = table.number("beyond_limit");
  rule.confidence = table.share("confidence");
}

void read_bladder_edge(base::Table& table, BladderEdgeRule& rule) {
  rule.above_mm = table.number("above_mm");
  rule.aside_mm = table.number("aside_mm");
  rule.least_share = table.number("least_share");
  rule.least_ml = table.number("least_ml");
  rule.midline_mm = table.number("midline_mm");
  rule.least_before_mm = table.number("least_before_spine_mm");
  rule.around_spine_end_mm = table.number("around_spine_end_mm");
  rule.least_suv = table.number("least_suv");
  rule.confidence = table.share("confidence");
}

void read_tonsil(base::Table& table, TonsilRule& rule) {
  rule.aside_mm = table.number("aside_mm");
  read_range(table, "before_spine_mm", rule.least_before_mm, rule.most_before_mm);
  rule.most_ml = table.number("most_ml");
  rule.most_suv = table.number("most_suv");
  rule.confidence = table.share("confidence");
}

void read_mirrored_pair(base::Table& table, MirroredPairRule& rule) {
  rule.mirror_mm = table.number("mirror_mm");
  read_range(table, "aside_mm", rule.least_aside_mm, rule.most_aside_mm);
  rule.below_brain_mm = table.number("below_brain_mm");
  rule.like_uptake = table.number("like_uptake");
  rule.most_ml = table.number("most_ml");
  rule.most_suv = table.number("most_suv");
  rule.confidence = table.share("confidence");
  rule.other_pairs_mm = table.number("other_pairs_mm");
  rule.beyond_limit = table.number("beyond_limit");
}

void read_pituitary(base::Table& table, PituitaryRule& rule) {
  rule.aside_mm = table.number("aside_mm");
  read_range(table, "below_brain_centre_mm", rule.least_below_mm, rule.most_below_mm);
  read_range(table, "before_brain_centre_mm", rule.least_before_mm, rule.most_before_mm);
  rule.most_ml = table.number("most_ml");
  rule.confidence = table.share("confidence");
  read_range(table, "below_brain_top_mm", rule.least_below_top_mm, rule.most_below_top_mm);
}

void read_salivary(base::Table& table, SalivaryRule& rule) {
  read_range(table, "aside_mm", rule.least_aside_mm, rule.most_aside_mm);
  read_range(table, "above_brain_base_mm", rule.lowest_mm, rule.highest_mm);
  read_range(table, "below_brain_top_mm", rule.least_below_top_mm, rule.most_below_top_mm);
  read_range(table, "before_spine_mm", rule.least_before_mm, rule.most_before_mm);
  read_range(table, "ml", rule.least_ml, rule.most_ml);
  rule.most_suv = table.number("most_suv");
  rule.confidence = table.share("confidence");
}

void read_adrenal(base::Table& table, AdrenalRule& rule) {
  read_range(table, "aside_mm", rule.least_aside_mm, rule.most_aside_mm);
  read_range(table, "before_spine_mm", rule.least_before_mm, rule.most_before_mm);
  read_range(table, "above_kidney_top_mm", rule.lowest_mm, rule.highest_mm);
  rule.most_ml = table.number("most_ml");
  rule.confidence = table.share("confidence");
}

void read_uncinate(base::Table& table, UncinateRule& rule) {
  rule.lower_share = table.share("lower_share");
  read_range(table, "aside_mm", rule.least_aside_mm, rule.most_aside_mm);
  read_range(table, "before_spine_mm", rule.least_before_mm, rule.most_before_mm);
  rule.around_kidney_mm = table.number("around_kidney_mm");
  rule.most_ml = table.number("most_ml");
  rule.confidence = table.share("confidence");
  rule.unlabelled_confidence = table.share("unlabelled_confidence");
}

void read_thyroid(base::Table& table, ThyroidRule& rule) {
  read_range(table, "around_apex_mm", rule.lowest_mm, rule.highest_mm);
  rule.lower_share = table.share("lower_share");
  rule.aside_mm = table.number("aside_mm");
  rule.above_trachea_mm = table.number("above_trachea_mm");
  rule.behind_trachea_mm = table.number("behind_trachea_mm");
  rule.most_ml = table.number("most_ml");
  rule.confidence = table.share("confidence");
}

void read_ureter(base::Table& table, UreterRule& rule) {
  rule.aside_mm = table.number("aside_mm");
  read_range(table, "course_aside_mm", rule.least_course_aside_mm, rule.most_course_aside_mm);
  read_range(table, "course_before_spine_mm", rule.least_course_before_mm, rule.most_course_before_mm);
  rule.most_ml = table.number("most_ml");
  rule.elongation = table.number("elongation");
  rule.confidence = table.share("confidence");
  rule.compact_ml = table.number("compact_ml");
  read_range(table, "compact_aside_mm", rule.least_compact_aside_mm, rule.most_compact_aside_mm);
  read_range(table, "compact_before_spine_mm", rule.least_compact_before_mm, rule.most_compact_before_mm);
  rule.compact_confidence = table.share("compact_confidence");
}

void read_unexplained(base::Table& table, UnexplainedRule& rule) {
  rule.clear_contrast = table.number("clear_contrast");
  rule.clear_confidence = table.share("clear_confidence");
  rule.faint_confidence = table.share("faint_confidence");
  rule.gut_unlabelled_confidence = table.share("gut_unlabelled_confidence");
  const std::vector<std::string> sites = table.texts("typical_sites");
  rule.typical_sites = {sites.begin(), sites.end()};
}

void read_normal_spot(base::Table& table, NormalSpotRule& rule) {
  rule.confidence = table.share("confidence");
  rule.most_listed = static_cast<std::size_t>(table.whole("most_listed"));
}

}  // namespace

VerdictRules verdict_rules(const base::Resources& resources) {
  VerdictRules rules;
  base::Table::read(resources, "data/lesion_verdicts.json", [&](base::Table& table) {
    const auto read = [&](const char* key, auto read_rule, auto& rule) {
      table.part(key, [&](base::Table& part) {
        read_rule(part, rule);
        part.text("source");
      });
    };
    read("organ", read_organ, rules.organ);
    read("deep", read_deep, rules.deep);
    read("organ_spill", read_spill, rules.spill);
    read("gut_loop", read_gut_loop, rules.gut_loop);
    read("gut_ends", read_gut_ends, rules.gut_ends);
    read("bladder_edge", read_bladder_edge, rules.bladder_edge);
    read("mirrored_pair", read_mirrored_pair, rules.mirrored_pair);
    read("pituitary", read_pituitary, rules.pituitary);
    read("salivary", read_salivary, rules.salivary);
    read("tonsil", read_tonsil, rules.tonsil);
    read("adrenal", read_adrenal, rules.adrenal);
    read("uncinate_process", read_uncinate, rules.uncinate_process);
    read("thyroid", read_thyroid, rules.thyroid);
    read("ureter", read_ureter, rules.ureter);
    read("unexplained", read_unexplained, rules.unexplained);
    read("normal_spot", read_normal_spot, rules.normal_spot);
  });
  return rules;
}

}  // namespace netpet::lesions
