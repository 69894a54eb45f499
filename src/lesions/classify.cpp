#include "lesions/classify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/robust.h"
#include "image/diameter.h"
#include "image/sphere.h"
#include "lesions/deep_in_label.h"
#include "lesions/organ_spill.h"
#include "lesions/rules.h"
#include "lesions/site.h"
#include "lesions/symmetric_pair.h"
#include "lesions/unlabelled_organ.h"
#include "lesions/verdict_rules.h"
#include "record/organ.h"

namespace netpet::lesions {

namespace {

using record::LesionStatus;
using record::Role;

/// What one tracer alone says of a lesion.
struct Opinion {
  bool is_physiologic = false;
  std::string reason;
  double confidence = 0;
  Site site;
  std::optional<Site> explained_by;  ///< an organ that the map does not label
};

/// One tracer's scan, its rules and its landmarks.
class Judge {
 public:
  Judge(const ScanOnGrid& scan, Role role, const std::vector<PairedLesion>& lesions,
        const VerdictRules& verdicts, const base::Resources& resources)
      : scan_(scan),
        role_(role),
        rules_(tissue_rules(resources, role)),
        verdicts_(verdicts),
        landmarks_(*scan.organs, scan.organ_confidence.empty() ? MapKind::supplied : MapKind::automatic,
                   verdicts) {
    for (const PairedLesion& lesion : lesions)
      if (const auto& outline = role == Role::sstr ? lesion.sstr : lesion.fdg) outlines_.push_back(&*outline);
    pairs_ = find_symmetric_pairs(outlines_, scan.suv->geometry(), role_, landmarks_, verdicts, rules_);
    const space::Vec3 spacing = scan.suv->geometry().spacing;
    // A rib or an adrenal may miss its own label by about a voxel even on the map's own scan.
    gut_level_ = level_of(record::Organ::gut, lesion_rules(resources, role).finding.own_range_share);
    bladder_level_ = level_of(record::Organ::bladder, 0.5);
    tolerance_mm_ = std::max(scan.organ_error_mm, std::max({spacing.x, spacing.y, spacing.z}));
    sites_.emplace(*scan.organs, tolerance_mm_, scan.spine_levels);
    deep_.emplace(scan_, outlines_, rules_, verdicts_.deep);
    spill_.emplace(scan_, rules_, verdicts_.spill);
  }

  Opinion opinion_of(const Outline& outline) const {
    Opinion opinion = opinion_by_labels(outline);
    // A map that the program made lacks organs: what lies outside those that it has may be one of them.
    if (!opinion.is_physiologic && outline.organ == 0 && !scan_.organ_confidence.empty())
      opinion.confidence = std::min(opinion.confidence, verdicts_.unexplained.faint_confidence);
    const auto label = scan_.organ_confidence.find(outline.organ);
    if (label != scan_.organ_confidence.end() && (opinion.is_physiologic || !deep_->holds(outline)))
      opinion.confidence *= label->second;
    return opinion;
  }

 private:
  Opinion opinion_by_labels(const Outline& outline) const {
    const OrganShareRule& organ = verdicts_.organ;
    Opinion opinion;
    opinion.site = sites_->of(outline);
    for (std::size_t tissue = 0; tissue < rules_.size(); ++tissue) {
      const TissueRule& rule = rules_[tissue];
      const bool explains = rule.uptake == NormalUptake::any || outline.suvmax <= rule.up_to_suv;
      if (!explains) continue;
      const double inside = share_within(outline, rule, 0);
      const bool is_own_map = scan_.organ_error_mm <= 0;
      const double near = share_within(outline, rule, tolerance_mm_ * (is_own_map ? organ.edge_voxels : 1));
      const bool is_near = near >= (is_own_map ? organ.edge_share : organ.share);
      // A thin organ whose every uptake is its own explains what begins in it: its label may end or bend
      // beside it.
      const bool begins_in_it = rule.uptake == NormalUptake::any && is_in(rule, outline.hottest);
      if (inside < (begins_in_it ? organ.thin_organ_share : organ.share) &&
          !(is_near && spill_->may_explain(tissue, outline)))
        continue;
      opinion.is_physiologic = true;
      opinion.reason = fmt::format("{}: {}", record::label_of(role_), rule.reason);
      opinion.confidence =
          inside >= organ.share ? rule.confidence : rule.confidence * organ.moved_edge_confidence;
      return opinion;
    }
    auto placed = landmarks_.organ_at(outline, scan_.suv->geometry(), role_, rules_);
    if (!placed) placed = gut_or_urine_at(outline);
    if (placed) {
      opinion.is_physiologic = true;
      opinion.reason = placed->reason;
      opinion.explained_by = Site{placed->site, placed->location};
      opinion.confidence = placed->confidence;
      return opinion;
    }
    if (fills_a_loop(outline)) {
      opinion.is_physiologic = true;
      opinion.reason =
          fmt::format("{}: moderate uptake along the bowel or stomach, not focal", record::label_of(role_));
      opinion.confidence = verdicts_.gut_loop.confidence;
      return opinion;
    }
    if (const auto pair = pair_of(outline)) {
      opinion.is_physiologic = true;
      opinion.reason = fmt::format("{}: {}", record::label_of(role_), *pair);
      opinion.confidence = verdicts_.mirrored_pair.confidence;
      return opinion;
    }
    const UnexplainedRule& rule = verdicts_.unexplained;
    const double contrast =
        outline.background > 0 ? outline.suvmax / outline.background : rule.clear_contrast;
    opinion.reason = fmt::format("{} SUVmax {:.1f} stands out above {} ({:.1f})", record::label_of(role_),
                                 outline.suvmax, tissue_name(outline.organ), outline.background);
    opinion.confidence =
        outline.faint || contrast < rule.clear_contrast ? rule.faint_confidence : rule.clear_confidence;
    if (outline.organ == 0 && !landmarks_.gut_is_labelled()) {
      opinion.reason += "; the organ map lacks the gut, so this may be normal";
      opinion.confidence = rule.gut_unlabelled_confidence;
    }
    return opinion;
  }

  /// Parts of gut and bladder that a map of the program itself misses.
  std::optional<PlacedOrgan> gut_or_urine_at(const Outline& outline) const {
    const space::PointLps at = scan_.suv->geometry().to_lps(outline.hottest);
    const std::string tracer(record::label_of(role_));
    const GutEndsRule& ends = verdicts_.gut_ends;
    if (landmarks_.is_at_edge_of_bladder(at) && bladder_level_ > 0 &&
        outline.suvmax >= verdicts_.bladder_edge.least_share * bladder_level_)
      return PlacedOrgan{tracer + ": as hot as the bladder that it touches: urine",
                         verdicts_.bladder_edge.confidence, "bladder", "bladder"};
    const double ml = static_cast<double>(outline.region.size()) * scan_.suv->geometry().voxel_volume_ml();
    if (landmarks_.is_place_of_bladder(at) && ml >= verdicts_.bladder_edge.least_ml &&
        outline.suvmax >= verdicts_.bladder_edge.least_suv)
      return PlacedOrgan{
          tracer + ": large hot body in the midline of the pelvis, no bladder was found: urine",
          verdicts_.bladder_edge.confidence, "bladder", "bladder"};
    if (landmarks_.is_on_course_of_oesophagus(at) && is_long(outline) &&
        outline.suvmax <= ends.beyond_limit * limit_of(record::Organ::oesophagus))
      return PlacedOrgan{tracer + ": moderate uptake along the oesophagus", ends.confidence, "oesophagus",
                         "oesophagus"};
    if (landmarks_.is_place_of_rectum(at) && outline.suvmax <= limit_of(record::Organ::colon))
      return PlacedOrgan{tracer + ": moderate uptake behind the bladder: rectum or anal canal",
                         ends.confidence, "bowel", "rectum or anal canal"};
    if (outline.organ == 0 && landmarks_.is_in_abdominal_cavity(at) && is_long(outline) &&
        outline.suvmax <= verdicts_.gut_loop.unlabelled_contrast * gut_level_)
      return PlacedOrgan{
          tracer + ": moderate uptake along the bowel or stomach, not focal, beyond their label",
          verdicts_.gut_loop.unlabelled_confidence, "bowel", "stomach or bowel"};
    // On FDG even faint uptake that is no bowel may be the lesion that has lost its receptors.
    if (role_ == Role::sstr && outline.organ == 0 && landmarks_.is_in_abdominal_cavity(at) &&
        outline.suvmax <= limit_of(record::Organ::colon))
      return PlacedOrgan{
          fmt::format("SSTR: SUVmax {:.1f} in the abdomen, where up to {:.1f} is normal for bowel "
                      "and the map may miss it",
                      outline.suvmax, limit_of(record::Organ::colon)),
          verdicts_.normal_spot.confidence, "bowel", "bowel"};
    return std::nullopt;
  }

  double limit_of(record::Organ organ) const {
    const TissueRule* rule = rule_of(record::id_of(organ));
    return rule ? rule->up_to_suv : 0;
  }

  /// What the given share of an organ's voxels does not exceed; 0 where the map lacks the organ.
  double level_of(record::Organ organ, double share) const {
    const TissueRule* rule = rule_of(record::id_of(organ));
    if (!rule) return 0;
    std::vector<std::uint8_t> belongs(65536, 0);
    for (const std::uint16_t one : rule->organs) belongs[one] = one != 0 ? 1 : 0;
    std::vector<float> values;
    for (std::size_t voxel = 0; voxel < scan_.organs->voxels().size(); ++voxel)
      if (belongs[(*scan_.organs)[voxel]] != 0) values.push_back((*scan_.suv)[voxel]);
    return values.empty() ? 0 : base::quantile_of(values, share);
  }

  std::optional<std::string> pair_of(const Outline& outline) const {
    const auto found = std::find(outlines_.begin(), outlines_.end(), &outline);
    if (found == outlines_.end()) return std::nullopt;
    return pairs_[static_cast<std::size_t>(found - outlines_.begin())];
  }

  bool fills_a_loop(const Outline& outline) const {
    const GutLoopRule& loop = verdicts_.gut_loop;
    const TissueRule* rule = rule_of(outline.organ);
    return rule && rule->uptake == NormalUptake::above_own_range &&
           outline.suvmax <= loop.most_contrast * outline.background && is_long(outline);
  }

  bool is_long(const Outline& outline) const {
    const GutLoopRule& loop = verdicts_.gut_loop;
    const space::Geometry& grid = scan_.suv->geometry();
    const double length_mm = image::longest_diameter_mm(grid, outline.region).value();
    const double ball_mm = std::cbrt(6 / std::numbers::pi * 1000 *
                                     static_cast<double>(outline.region.size()) * grid.voxel_volume_ml());
    return length_mm >= loop.length_mm || length_mm >= loop.elongation * ball_mm;
  }

  const TissueRule* rule_of(std::uint16_t organ) const {
    for (const TissueRule& rule : rules_)
      if (names(rule, organ)) return &rule;
    return nullptr;
  }

  static bool names(const TissueRule& rule, std::uint16_t organ) {
    return std::find(rule.organs.begin(), rule.organs.end(), organ) != rule.organs.end();
  }

  bool is_in(const TissueRule& rule, space::IndexIjk at) const { return names(rule, (*scan_.organs)(at)); }

  std::string tissue_name(std::uint16_t organ) const {
    const TissueRule* rule = rule_of(organ);
    return rule ? rule->name : "its surroundings";
  }

  /// The share of an outline within `mm` of an organ of the rule.
  double share_within(const Outline& outline, const TissueRule& rule, double mm) const {
    const space::Geometry& grid = scan_.suv->geometry();
    const image::Sphere around = image::sphere_on(grid, mm);
    const auto is_near = [&](std::size_t voxel) {
      const space::IndexIjk at = grid.index(voxel);
      for (const image::SphereRow& row : around.rows)
        for (int di = -row.half; di <= row.half; ++di) {
          const space::IndexIjk to{at.i + di, at.j + row.dj, at.k + row.dk};
          if (grid.contains(to) && is_in(rule, to)) return true;
        }
      return false;
    };
    const auto inside = std::count_if(outline.region.begin(), outline.region.end(), is_near);
    return static_cast<double>(inside) / static_cast<double>(outline.region.size());
  }

  const ScanOnGrid& scan_;
  Role role_;
  std::vector<TissueRule> rules_;
  const VerdictRules& verdicts_;
  Landmarks landmarks_;
  std::vector<const Outline*> outlines_;           ///< all of this scan, to compare sides
  std::vector<std::optional<std::string>> pairs_;  ///< by outline
  double tolerance_mm_ = 0;
  std::optional<Sites> sites_;
  std::optional<DeepInLabels> deep_;
  std::optional<OrganSpill> spill_;
  double gut_level_ = 0;      ///< the upper end of the range of the gut that is labelled
  double bladder_level_ = 0;  ///< the median of the bladder
};

/// The organ map was made on the SSTR study, so its site is the better one, unless only the other names an
/// organ.
Site better_site(const std::optional<Opinion>& sstr, const std::optional<Opinion>& fdg) {
  if (!sstr) return fdg->site;
  if (!fdg || sstr->site.certain || !fdg->site.certain) return sstr->site;
  return fdg->site;
}

/// Uptake that no organ explains counts either way; what is clear is called pathologic, what is not is left
/// to a reader.
LesionStatus status_of_unexplained(const Verdict& verdict, const UnexplainedRule& rule) {
  const bool clear = verdict.confidence >= rule.clear_confidence && rule.typical_sites.contains(verdict.site);
  return clear ? LesionStatus::pathologic : LesionStatus::unreviewed;
}

Verdict verdict_of(const std::optional<Opinion>& sstr, const std::optional<Opinion>& fdg,
                   const UnexplainedRule& rule) {
  Verdict verdict;
  Site site = better_site(sstr, fdg);
  const bool one_tracer = !sstr || !fdg;
  const Opinion& first = sstr ? *sstr : *fdg;
  const bool is_physiologic = first.is_physiologic && (one_tracer || fdg->is_physiologic);
  if (is_physiologic && first.explained_by) site = *first.explained_by;
  verdict.site = site.name;
  verdict.location = site.location;
  if (one_tracer || sstr->is_physiologic == fdg->is_physiologic) {
    verdict.reason = one_tracer ? first.reason : sstr->reason + "; " + fdg->reason;
    verdict.confidence = one_tracer ? first.confidence : std::max(sstr->confidence, fdg->confidence);
    verdict.status = first.is_physiologic ? LesionStatus::physiologic : status_of_unexplained(verdict, rule);
    return verdict;
  }
  // One tracer explains what it shows, the other does not: the unexplained uptake counts.
  const Opinion& lesion = sstr->is_physiologic ? *fdg : *sstr;
  const Opinion& explained = sstr->is_physiologic ? *sstr : *fdg;
  verdict.status = LesionStatus::unreviewed;
  verdict.reason = lesion.reason + "; the other tracer alone would be explained (" + explained.reason + ")";
  verdict.confidence = std::min(lesion.confidence, rule.faint_confidence);
  return verdict;
}

}  // namespace

std::vector<Verdict> classify_lesions(const std::vector<PairedLesion>& lesions, const ScanOnGrid& sstr,
                                      const ScanOnGrid& fdg, const base::Resources& resources,
                                      const base::Run& run) {
  const VerdictRules rules = verdict_rules(resources);
  std::optional<Judge> on_sstr, on_fdg;
  if (sstr.suv) on_sstr.emplace(sstr, Role::sstr, lesions, rules, resources);
  if (fdg.suv) on_fdg.emplace(fdg, Role::fdg, lesions, rules, resources);
  std::vector<Verdict> verdicts;
  for (const PairedLesion& lesion : lesions) {
    run.throw_if_stopped();
    base::check(lesion.sstr || lesion.fdg, "a lesion without an outline");
    base::check((!lesion.sstr || on_sstr) && (!lesion.fdg || on_fdg),
                "a lesion was outlined on a scan that is not there");
    std::optional<Opinion> a, b;
    if (lesion.sstr) a = on_sstr->opinion_of(*lesion.sstr);
    if (lesion.fdg) b = on_fdg->opinion_of(*lesion.fdg);
    verdicts.push_back(verdict_of(a, b, rules.unexplained));
  }
  return verdicts;
}

}  // namespace netpet::lesions
