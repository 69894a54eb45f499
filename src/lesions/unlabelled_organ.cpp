#include "lesions/unlabelled_organ.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "record/organ.h"

namespace netpet::lesions {

namespace {

using record::id_of;
using record::Organ;

double limit_of(const std::vector<TissueRule>& rules, Organ organ) {
  for (const TissueRule& rule : rules)
    if (std::find(rule.organs.begin(), rule.organs.end(), id_of(organ)) != rule.organs.end())
      return rule.up_to_suv;
  return 0;
}

/// A step that holds less is no vertebra but a scrap of label; the smallest vertebra has 4 mL in 12 mm.
constexpr double kLeastSpineMl = 2;
/// How many steps the spine is followed on where its label ends or fails: the height of C1 and C2.
constexpr int kSpineReachSteps = 5;

/// A kidney that ends so far below the liver is a graft in the pelvis: no adrenal lies on it.
constexpr double kGraftBelowLiverMm = 50;

bool is_spine(std::uint16_t organ) {
  return (organ >= id_of(Organ::sacrum) && organ <= id_of(Organ::vertebra_c1)) ||
         organ == id_of(Organ::spine);
}

bool is_between(double value, double low, double high) {
  return value >= low && value <= high;
}

}  // namespace

Landmarks::Landmarks(const image::LabelMap& organs, MapKind kind, const VerdictRules& rules)
    : rules_(rules), kind_(kind), voxel_ml_(organs.geometry().voxel_volume_ml()), extents_(300) {
  const space::Geometry& grid = organs.geometry();
  top_z_ = std::max(grid.to_lps(space::IndexIjk{0, 0, 0}).z,
                    grid.to_lps(space::IndexIjk{grid.size[0] - 1, grid.size[1] - 1, grid.size[2] - 1}).z);
  constexpr double kFar = std::numeric_limits<double>::infinity();
  std::vector<space::Vec3> sums(extents_.size());
  std::vector<std::size_t> counts(extents_.size(), 0);
  for (Extent& extent : extents_) extent.low = {kFar, kFar, kFar}, extent.high = {-kFar, -kFar, -kFar};
  for (std::size_t voxel = 0; voxel < organs.voxels().size(); ++voxel) {
    const std::uint16_t organ = organs[voxel];
    if (organ == 0 || organ >= extents_.size()) continue;
    const space::PointLps at = grid.to_lps(grid.index(voxel));
    Extent& extent = extents_[organ];
    extent.low = {std::min(extent.low.x, at.x), std::min(extent.low.y, at.y), std::min(extent.low.z, at.z)};
    extent.high = {std::max(extent.high.x, at.x), std::max(extent.high.y, at.y),
                   std::max(extent.high.z, at.z)};
    sums[organ] = sums[organ] + space::Vec3{at.x, at.y, at.z};
    ++counts[organ];
    if (is_spine(organ)) {
      auto& [sum, count] = spine_[static_cast<int>(std::floor(at.z / kSpineStepMm))];
      sum = sum + space::Vec3{at.x, at.y, at.z}, ++count;
    }
  }
  for (std::size_t organ = 0; organ < extents_.size(); ++organ) {
    if (counts[organ] == 0) continue;
    const space::Vec3 mean = sums[organ] * (1.0 / static_cast<double>(counts[organ]));
    extents_[organ].centre = {mean.x, mean.y, mean.z};
    extents_[organ].seen = true;
  }
}

bool Landmarks::gut_is_labelled() const {
  return of(id_of(Organ::colon)).seen || of(id_of(Organ::small_bowel)).seen || of(id_of(Organ::gut)).seen;
}

std::optional<double> Landmarks::midline_x() const {
  for (const Organ organ : {Organ::brain, Organ::skull, Organ::trachea})
    if (of(id_of(organ)).seen) return of(id_of(organ)).centre.x;
  return std::nullopt;
}

bool Landmarks::is_in_head_or_neck(space::PointLps at) const {
  const Extent& brain = of(id_of(Organ::brain));
  return brain.seen && at.z < brain.centre.z && at.z > brain.low.z - rules_.mirrored_pair.below_brain_mm;
}

const Landmarks::Extent& Landmarks::of(std::uint16_t organ) const {
  return extents_[organ];
}

bool Landmarks::is_place_of_pituitary(space::PointLps at) const {
  const PituitaryRule& rule = rules_.pituitary;
  const Extent& brain = of(id_of(Organ::brain));
  if (of(id_of(Organ::pituitary)).seen || !brain.seen) return false;
  // The base of the brain ends low or is not found: on the program's own map its top is the surer landmark.
  const bool is_at_height =
      kind_ == MapKind::automatic
          ? is_between(brain.high.z - at.z, rule.least_below_top_mm, rule.most_below_top_mm)
          : is_between(brain.centre.z - at.z, rule.least_below_mm, rule.most_below_mm) && at.z > brain.low.z;
  return is_at_height && std::abs(at.x - brain.centre.x) <= rule.aside_mm &&
         is_between(brain.centre.y - at.y, rule.least_before_mm, rule.most_before_mm);
}

bool Landmarks::is_uncinate(const Outline& outline, space::PointLps at,
                            const std::vector<TissueRule>& rules) const {
  const Extent& pancreas = of(id_of(Organ::pancreas));
  if (of(id_of(Organ::uncinate_process)).seen || outline.organ != id_of(Organ::pancreas)) return false;
  return outline.suvmax <= limit_of(rules, Organ::uncinate_process) && at.x < pancreas.centre.x &&
         at.z < pancreas.low.z + rules_.uncinate_process.lower_share * (pancreas.high.z - pancreas.low.z);
}

std::optional<space::PointLps> Landmarks::spine_at(double z) const {
  const int step = static_cast<int>(std::floor(z / kSpineStepMm));
  for (int away = 0; away <= kSpineReachSteps; ++away)
    for (const int at : {step - away, step + away}) {
      const auto found = spine_.find(at);
      if (found == spine_.end()) continue;
      const auto& [sum, count] = found->second;
      if (count * voxel_ml_ >= kLeastSpineMl) return space::PointLps{sum.x / count, sum.y / count, z};
    }
  return std::nullopt;
}

// A jaw that was taken for spine draws the column forward; the neck does not lie before the middle of the
// brain.
bool Landmarks::is_place_of_salivary_gland(space::PointLps at) const {
  const SalivaryRule& rule = rules_.salivary;
  const Extent& brain = of(id_of(Organ::brain));
  const auto spine = spine_at(at.z);
  if (kind_ != MapKind::automatic || !brain.seen || of(id_of(Organ::parotid_left)).seen || !spine)
    return false;
  return is_between(std::abs(at.x - brain.centre.x), rule.least_aside_mm, rule.most_aside_mm) &&
         is_at_height_of_jaw(at.z) &&
         is_between(std::max(spine->y, brain.centre.y) - at.y, rule.least_before_mm, rule.most_before_mm);
}

bool Landmarks::is_salivary(const Outline& outline, space::PointLps at, double ml) const {
  const SalivaryRule& rule = rules_.salivary;
  return outline.suvmax <= rule.most_suv && is_between(ml, rule.least_ml, rule.most_ml) &&
         is_place_of_salivary_gland(at);
}

/// The base of the brain is often not found down to its end; its top is the surer landmark where it is seen.
bool Landmarks::is_at_height_of_jaw(double z) const {
  const SalivaryRule& rule = rules_.salivary;
  const Extent& brain = of(id_of(Organ::brain));
  constexpr double kTopSeenMm = 8;  // two voxels of the grid on which organs are looked for
  return is_between(z - brain.low.z, rule.lowest_mm, rule.highest_mm) ||
         (brain.high.z + kTopSeenMm < top_z_ &&
          is_between(brain.high.z - z, rule.least_below_top_mm, rule.most_below_top_mm));
}

bool Landmarks::is_tonsil(const Outline& outline, space::PointLps at, double ml) const {
  const TonsilRule& rule = rules_.tonsil;
  const Extent& brain = of(id_of(Organ::brain));
  const auto spine = spine_at(at.z);
  return kind_ == MapKind::automatic && brain.seen && spine && outline.suvmax <= rule.most_suv &&
         ml <= rule.most_ml && std::abs(at.x - brain.centre.x) <= rule.aside_mm &&
         is_at_height_of_jaw(at.z) && is_between(spine->y - at.y, rule.least_before_mm, rule.most_before_mm);
}

bool Landmarks::is_place_of_adrenal(space::PointLps at) const {
  const AdrenalRule& rule = rules_.adrenal;
  if (of(id_of(Organ::adrenal_left)).seen || of(id_of(Organ::adrenal_right)).seen) return false;
  const auto spine = spine_at(at.z);
  if (!spine) return false;
  const Extent& kidney = of(id_of(at.x < spine->x ? Organ::kidney_right : Organ::kidney_left));
  const Extent& liver = of(id_of(Organ::liver));
  if (liver.seen && kidney.high.z < liver.low.z - kGraftBelowLiverMm) return false;
  return kidney.seen && is_between(std::abs(at.x - spine->x), rule.least_aside_mm, rule.most_aside_mm) &&
         is_between(spine->y - at.y, rule.least_before_mm, rule.most_before_mm) &&
         is_between(at.z - kidney.high.z, rule.lowest_mm, rule.highest_mm);
}

bool Landmarks::is_place_of_uncinate(space::PointLps at) const {
  const UncinateRule& rule = rules_.uncinate_process;
  if (of(id_of(Organ::uncinate_process)).seen || of(id_of(Organ::pancreas)).seen) return false;
  const auto spine = spine_at(at.z);
  const Extent& kidney = of(id_of(Organ::kidney_right));
  return spine && kidney.seen && is_between(spine->x - at.x, rule.least_aside_mm, rule.most_aside_mm) &&
         is_between(spine->y - at.y, rule.least_before_mm, rule.most_before_mm) &&
         std::abs(at.z - kidney.centre.z) <= rule.around_kidney_mm;
}

std::optional<double> Landmarks::lung_apex_z() const {
  constexpr double kApexSeenMm = 8;  // as far below the end of the scan, or the lungs may go on
  double apex = -HUGE_VAL;
  for (std::size_t organ = 0; organ < extents_.size(); ++organ)
    if (record::is_lung(static_cast<std::uint16_t>(organ)) && extents_[organ].seen)
      apex = std::max(apex, extents_[organ].high.z);
  if (!std::isfinite(apex) || apex > top_z_ - kApexSeenMm) return std::nullopt;
  return apex;
}

bool Landmarks::is_place_of_thyroid(space::PointLps at) const {
  const ThyroidRule& rule = rules_.thyroid;
  const Extent& trachea = of(id_of(Organ::trachea));
  if (of(id_of(Organ::thyroid)).seen || !trachea.seen) return false;
  const auto apex_z = lung_apex_z();
  // Where its ends are cut off by scan, voice box or tumour, half of the trachea is no half.
  const bool is_at_height =
      apex_z ? is_between(at.z - *apex_z, rule.lowest_mm, rule.highest_mm)
             : is_between(at.z, trachea.centre.z + rule.lower_share * (trachea.high.z - trachea.centre.z),
                          trachea.high.z + rule.above_trachea_mm);
  return is_at_height && std::abs(at.x - trachea.centre.x) <= rule.aside_mm &&
         at.y < trachea.centre.y + rule.behind_trachea_mm;
}

bool Landmarks::is_thyroid(const Outline& outline, space::PointLps at, double ml,
                           const std::vector<TissueRule>& rules) const {
  return outline.suvmax <= limit_of(rules, Organ::thyroid) && ml <= rules_.thyroid.most_ml &&
         is_place_of_thyroid(at);
}

bool Landmarks::is_thin_line(const Outline& outline, const space::Geometry& grid, double ml) const {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const std::size_t voxel : outline.region) {
    const double z = grid.to_lps(grid.index(voxel)).z;
    low = std::min(low, z), high = std::max(high, z);
  }
  const double length = high - low + grid.spacing.z;
  // The width of a tube of this length and volume: a bent or tilted line is still thin.
  const double width = 2 * std::sqrt(1000 * ml / length / std::numbers::pi);
  return ml <= rules_.ureter.most_ml && length >= rules_.ureter.elongation * width;
}

bool Landmarks::ureter_is_labelled() const {
  return of(id_of(Organ::ureter_left)).seen || of(id_of(Organ::ureter_right)).seen;
}

bool Landmarks::is_on_course_of_ureter(space::PointLps at) const {
  const Extent& bladder = of(id_of(Organ::bladder));
  if (ureter_is_labelled() || !bladder.seen) return false;
  for (const Organ side : {Organ::kidney_left, Organ::kidney_right}) {
    const Extent& kidney = of(id_of(side));
    if (!kidney.seen || at.z > kidney.centre.z || at.z < bladder.centre.z) continue;
    const double along = (kidney.centre.z - at.z) / std::max(kidney.centre.z - bladder.centre.z, 1.0);
    const double x = kidney.centre.x + along * (bladder.centre.x - kidney.centre.x);
    if (std::abs(at.x - x) <= rules_.ureter.aside_mm || is_on_psoas_or_pelvic_wall(at)) return true;
  }
  return false;
}

bool Landmarks::is_on_psoas_or_pelvic_wall(space::PointLps at) const {
  const UreterRule& rule = rules_.ureter;
  const auto spine = spine_at(at.z);
  return spine &&
         is_between(std::abs(at.x - spine->x), rule.least_course_aside_mm, rule.most_course_aside_mm) &&
         is_between(spine->y - at.y, rule.least_course_before_mm, rule.most_course_before_mm);
}

bool Landmarks::is_drop_of_urine(space::PointLps at, double ml) const {
  const UreterRule& rule = rules_.ureter;
  const auto spine = spine_at(at.z);
  if (kind_ != MapKind::automatic || ureter_is_labelled() || ml > rule.compact_ml || !spine) return false;
  const Extent& kidney = of(id_of(at.x < spine->x ? Organ::kidney_right : Organ::kidney_left));
  const Extent& bladder = of(id_of(Organ::bladder));
  return kidney.seen && at.z < kidney.centre.z && (!bladder.seen || at.z > bladder.low.z) &&
         is_between(std::abs(at.x - spine->x), rule.least_compact_aside_mm, rule.most_compact_aside_mm) &&
         is_between(spine->y - at.y, rule.least_compact_before_mm, rule.most_compact_before_mm);
}

std::optional<PlacedOrgan> Landmarks::organ_at(const Outline& outline, const space::Geometry& grid,
                                               record::Role role,
                                               const std::vector<TissueRule>& rules) const {
  const space::PointLps at = grid.to_lps(outline.hottest);
  const double ml = static_cast<double>(outline.region.size()) * grid.voxel_volume_ml();
  const UreterRule& ureter = rules_.ureter;
  if (is_thin_line(outline, grid, ml) && is_on_course_of_ureter(at))
    return PlacedOrgan{"thin line of uptake between kidney and bladder: urine in the ureter",
                       ureter.confidence, "ureter", "ureter"};
  if (is_drop_of_urine(at, ml))
    return PlacedOrgan{"small spot on the course of the ureter: urine", ureter.compact_confidence, "ureter",
                       "ureter"};
  if (is_salivary(outline, at, ml))
    return PlacedOrgan{"moderate uptake beside the jaw: salivary gland", rules_.salivary.confidence,
                       "salivary_gland", "salivary gland"};
  if (role == record::Role::fdg) {
    if (is_tonsil(outline, at, ml))
      return PlacedOrgan{"moderate uptake beside the pharynx: tonsil or base of the tongue",
                         rules_.tonsil.confidence, "soft_tissue", "tonsil or base of the tongue"};
    return std::nullopt;
  }
  if (ml <= rules_.pituitary.most_ml && is_place_of_pituitary(at))
    return PlacedOrgan{"small midline uptake below the brain: pituitary", rules_.pituitary.confidence,
                       "pituitary", "pituitary"};
  if (is_uncinate(outline, at, rules))
    return PlacedOrgan{"moderate uptake at the lower right end of the pancreas: uncinate process",
                       rules_.uncinate_process.confidence, "pancreas", "uncinate process"};
  if (ml <= rules_.uncinate_process.most_ml && is_place_of_uncinate(at) &&
      outline.suvmax <= limit_of(rules, Organ::uncinate_process))
    return PlacedOrgan{
        "moderate uptake beside and before the spine at the height of the right kidney: uncinate "
        "process or duodenum",
        rules_.uncinate_process.unlabelled_confidence, "pancreas", "uncinate process or duodenum"};
  if (is_place_of_adrenal(at) && ml <= rules_.adrenal.most_ml &&
      outline.suvmax <= limit_of(rules, Organ::adrenal_left))
    return PlacedOrgan{"small uptake on the upper pole of a kidney: adrenal gland", rules_.adrenal.confidence,
                       "adrenal", "adrenal gland"};
  if (is_thyroid(outline, at, ml, rules))
    return PlacedOrgan{"moderate uptake beside the trachea in the neck: thyroid", rules_.thyroid.confidence,
                       "thyroid", "thyroid"};
  return std::nullopt;
}

}  // namespace netpet::lesions
