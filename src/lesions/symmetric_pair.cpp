#include "lesions/symmetric_pair.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "record/organ.h"

namespace netpet::lesions {
namespace {

/// A structure with two sides: which outlines may be one of them, and where its mirror stands.
struct Structure {
  const char* name;
  std::function<bool(const Outline&, space::PointLps, double ml)> may_be_side;
  std::function<std::optional<double>(space::PointLps)> midline_x;
  double mirror_mm;
};

struct Pair {
  std::size_t a, b;
  double off_mirror_mm;
};

double limit_of(const std::vector<TissueRule>& rules, record::Organ organ) {
  for (const TissueRule& rule : rules)
    if (std::find(rule.organs.begin(), rule.organs.end(), record::id_of(organ)) != rule.organs.end())
      return rule.up_to_suv;
  return 0;
}

std::vector<Structure> structures_of(record::Role role, const Landmarks& landmarks,
                                     const VerdictRules& verdicts, const std::vector<TissueRule>& rules) {
  const MirroredPairRule& rule = verdicts.mirrored_pair;
  const auto below = [&rule, &rules](const Outline& one, record::Organ organ) {
    return one.suvmax <= rule.beyond_limit * limit_of(rules, organ);
  };
  return {{"small foci in head or neck: tonsils or salivary glands",
           [&](const Outline& one, space::PointLps at, double ml) {
             const auto midline = landmarks.midline_x();
             if (!midline || !landmarks.is_in_head_or_neck(at)) return false;
             const double aside = std::abs(at.x - *midline);
             return aside >= rule.least_aside_mm && aside <= rule.most_aside_mm &&
                    one.suvmax <= rule.most_suv && !record::is_bone(one.organ) && ml <= rule.most_ml;
           },
           [&](space::PointLps) { return landmarks.midline_x(); }, rule.mirror_mm},
          {"foci beside the jaw: salivary glands",
           [&, role](const Outline& one, space::PointLps at, double ml) {
             const SalivaryRule& gland = verdicts.salivary;
             return role == record::Role::sstr && landmarks.is_place_of_salivary_gland(at) &&
                    !record::is_bone(one.organ) && ml >= gland.least_ml && ml <= gland.most_ml &&
                    one.suvmax <= rule.beyond_limit * gland.most_suv;
           },
           [&](space::PointLps) { return landmarks.midline_x(); }, rule.other_pairs_mm},
          {"foci beside the trachea: lobes of the thyroid",
           [&, below](const Outline& one, space::PointLps at, double ml) {
             return landmarks.is_place_of_thyroid(at) && below(one, record::Organ::thyroid) &&
                    ml <= verdicts.thyroid.most_ml;
           },
           [&](space::PointLps) { return std::optional(landmarks.trachea_x()); }, rule.other_pairs_mm},
          {"foci on the upper poles of the kidneys: adrenal glands",
           [&, below](const Outline& one, space::PointLps at, double ml) {
             return landmarks.is_place_of_adrenal(at) && below(one, record::Organ::adrenal_left) &&
                    ml <= verdicts.adrenal.most_ml;
           },
           [&](space::PointLps at) {
             const auto spine = landmarks.spine_at(at.z);
             return spine ? std::optional(spine->x) : std::nullopt;
           },
           rule.other_pairs_mm}};
}

}  // namespace

std::vector<std::optional<std::string>> find_symmetric_pairs(const std::vector<const Outline*>& outlines,
                                                             const space::Geometry& grid, record::Role role,
                                                             const Landmarks& landmarks,
                                                             const VerdictRules& verdicts,
                                                             const std::vector<TissueRule>& rules) {
  std::vector<std::optional<std::string>> pairs(outlines.size());
  // A focus has one counterpart: a node beside a gland is not explained by the gland of the other side.
  std::vector<bool> taken(outlines.size(), false);
  for (const Structure& structure : structures_of(role, landmarks, verdicts, rules)) {
    std::vector<std::size_t> sides;
    for (std::size_t one = 0; one < outlines.size(); ++one)
      if (structure.may_be_side(*outlines[one], grid.to_lps(outlines[one]->hottest),
                                static_cast<double>(outlines[one]->region.size()) * grid.voxel_volume_ml()))
        sides.push_back(one);
    std::vector<Pair> found;
    for (const std::size_t a : sides)
      for (const std::size_t b : sides) {
        if (a >= b) continue;
        const space::PointLps p = grid.to_lps(outlines[a]->hottest), q = grid.to_lps(outlines[b]->hottest);
        const auto midline = structure.midline_x(p);
        if (!midline || (p.x - *midline) * (q.x - *midline) >= 0) continue;
        const auto [low, high] = std::minmax(outlines[a]->suvmax, outlines[b]->suvmax);
        const double off_mirror_mm = space::distance(p, {2 * *midline - q.x, q.y, q.z});
        if (off_mirror_mm <= structure.mirror_mm && high <= verdicts.mirrored_pair.like_uptake * low)
          found.push_back({a, b, off_mirror_mm});
      }
    std::sort(found.begin(), found.end(), [](const Pair& one, const Pair& other) {
      return std::tie(one.off_mirror_mm, one.a, one.b) < std::tie(other.off_mirror_mm, other.a, other.b);
    });
    for (const Pair& pair : found) {
      if (taken[pair.a] || taken[pair.b]) continue;
      taken[pair.a] = taken[pair.b] = true;
      pairs[pair.a] = pairs[pair.b] = std::string("mirrored pair of ") + structure.name;
    }
  }
  return pairs;
}

}  // namespace netpet::lesions
