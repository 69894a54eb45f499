#include "lesions/region_places.h"

#include <algorithm>
#include <cmath>

#include "image/mask.h"

namespace netpet::lesions {
namespace {

using record::id_of;
using record::Organ;
using space::PointLps;

double distance_to_segment(PointLps p, PointLps a, PointLps b) {
  const space::Vec3 along = b - a;
  const double length2 = dot(along, along);
  const double t = length2 > 0 ? std::clamp(dot(p - a, along) / length2, 0.0, 1.0) : 0;
  return space::distance(p, a + along * t);
}

class Places {
 public:
  Places(const Landmarks& marks, const image::LabelMap& organs, const RegionRules& rules)
      : marks_(marks), organs_(organs), rules_(rules) {}

  std::vector<RegionPlace> all() const {
    std::vector<RegionPlace> places;
    add_pancreas(places);
    add_prostate_or_uterus(places);
    add_adrenal(places, Organ::adrenal_region_right, Organ::kidney_right, -1);
    add_adrenal(places, Organ::adrenal_region_left, Organ::kidney_left, 1);
    add_thyroid(places);
    add_salivary(places, Organ::salivary_region_right, -1);
    add_salivary(places, Organ::salivary_region_left, 1);
    add_pituitary(places);
    return places;
  }

 private:
  void add_adrenal(std::vector<RegionPlace>& places, Organ region, Organ side, double to_left) const {
    const Landmarks::Extent& kidney = marks_.extent_of(side);
    if (!kidney.seen) return;
    const auto spine = marks_.spine_at(kidney.high.z);
    if (!spine) return;
    const PointLps middle{spine->x + to_left * rules_.adrenal.aside_mm, spine->y - rules_.adrenal.before_mm,
                          kidney.high.z + rules_.adrenal.above_mm};
    const double radius = rules_.adrenal.radius_mm;
    places.push_back({region,
                      {side, Organ::spine},
                      middle + space::Vec3{-radius, -radius, -radius},
                      middle + space::Vec3{radius, radius, radius},
                      [&marks = marks_, middle, radius, x = spine->x, to_left](PointLps at) {
                        return space::distance(at, middle) < radius && (at.x - x) * to_left > 0 &&
                               marks.is_place_of_adrenal(at);
                      },
                      NeedsFocus::no,
                      1,
                      rules_.adrenal.reach_mm});
  }

  void add_pituitary(std::vector<RegionPlace>& places) const {
    const Landmarks::Extent& brain = marks_.extent_of(Organ::brain);
    if (!brain.seen) return;
    constexpr double kAround = 160;
    places.push_back({Organ::pituitary_region,
                      {Organ::brain},
                      brain.centre + space::Vec3{-kAround, -kAround, -kAround},
                      brain.centre + space::Vec3{kAround, kAround, kAround},
                      [&marks = marks_](PointLps at) { return marks.is_place_of_pituitary(at); },
                      NeedsFocus::yes,
                      1,
                      rules_.pituitary_reach_mm});
  }

  void add_salivary(std::vector<RegionPlace>& places, Organ region, double to_left) const {
    const Landmarks::Extent& brain = marks_.extent_of(Organ::brain);
    if (!brain.seen) return;
    constexpr double kAround = 260;
    places.push_back({region,
                      {Organ::brain, Organ::spine},
                      brain.centre + space::Vec3{-kAround, -kAround, -kAround},
                      {brain.centre.x + kAround, brain.centre.y + kAround, brain.centre.z},
                      [&marks = marks_, x = brain.centre.x, to_left](PointLps at) {
                        return (at.x - x) * to_left > 0 && marks.is_place_of_salivary_gland(at);
                      },
                      NeedsFocus::yes,
                      2,
                      rules_.salivary_reach_mm});
  }

  void add_thyroid(std::vector<RegionPlace>& places) const {
    const Landmarks::Extent& trachea = marks_.extent_of(Organ::trachea);
    if (!trachea.seen) return;
    // The upper half of the windpipe: the lower one runs backwards.
    space::Vec3 sum;
    double count = 0;
    const space::Geometry& grid = organs_.geometry();
    const image::Box box =
        image::box_between(grid, {trachea.low.x, trachea.low.y, trachea.centre.z}, trachea.high);
    for (int k = box.first[2]; k <= box.last[2]; ++k)
      for (int j = box.first[1]; j <= box.last[1]; ++j)
        for (int i = box.first[0]; i <= box.last[0]; ++i)
          if (organs_({i, j, k}) == id_of(Organ::trachea)) {
            const PointLps at = grid.to_lps(space::IndexIjk{i, j, k});
            sum = sum + space::Vec3{at.x, at.y, at.z}, ++count;
          }
    if (count == 0) return;
    const PointLps axis{sum.x / count, sum.y / count, sum.z / count};
    const double radius = rules_.thyroid.around_mm;
    places.push_back({Organ::thyroid_region,
                      {Organ::trachea},
                      {axis.x - radius, axis.y - radius, trachea.low.z},
                      {axis.x + radius, axis.y + radius, trachea.high.z + 2 * radius},
                      [&marks = marks_, axis, radius](PointLps at) {
                        return std::hypot(at.x - axis.x, at.y - axis.y) < radius &&
                               marks.is_place_of_thyroid(at);
                      },
                      NeedsFocus::no,
                      2,
                      rules_.thyroid.reach_mm});
  }

  /// A point by its distance from the spine (left, front) and from the middle of the right kidney (head).
  PointLps from_spine(PointLps spine, double kidney_z, space::Vec3 mm) const {
    return {spine.x + mm.x, spine.y - mm.y, kidney_z + mm.z};
  }

  void add_pancreas(std::vector<RegionPlace>& places) const {
    const Landmarks::Extent& kidney = marks_.extent_of(Organ::kidney_right);
    const Landmarks::Extent& spleen = marks_.extent_of(Organ::spleen);
    const Landmarks::Extent& liver = marks_.extent_of(Organ::liver);
    const auto spine = marks_.spine_at(kidney.centre.z);
    if (!kidney.seen || !liver.seen || !spine || kidney.high.z < liver.low.z) return;
    std::vector<PointLps> line;
    for (const space::Vec3 node : {rules_.pancreas.head, rules_.pancreas.neck, rules_.pancreas.body})
      line.push_back(from_spine(*spine, kidney.centre.z, node));
    std::vector<Organ> landmarks{Organ::kidney_right, Organ::spine, Organ::liver};
    if (spleen.seen) {
      line.push_back({spleen.low.x, spleen.centre.y, spleen.centre.z + rules_.pancreas.hilum_above_mm});
      landmarks.push_back(Organ::spleen);
    }
    const double radius = rules_.pancreas.radius_mm;
    PointLps low = line.front(), high = low;
    for (const PointLps& node : line) {
      low = {std::min(low.x, node.x), std::min(low.y, node.y), std::min(low.z, node.z)};
      high = {std::max(high.x, node.x), std::max(high.y, node.y), std::max(high.z, node.z)};
    }
    const space::Vec3 around{radius, radius, radius};
    places.push_back(
        {Organ::pancreas_region, landmarks, low + around * -1, high + around, [line, radius](PointLps at) {
           for (std::size_t n = 1; n < line.size(); ++n)
             if (distance_to_segment(at, line[n - 1], line[n]) < radius) return true;
           return false;
         }});
    const PointLps lower_end = from_spine(*spine, kidney.centre.z, rules_.uncinate.at);
    const space::Vec3 reach{rules_.uncinate.radius_mm, rules_.uncinate.radius_mm, rules_.uncinate.radius_mm};
    places.push_back({Organ::uncinate_region,
                      {Organ::kidney_right, Organ::spine, Organ::liver},
                      lower_end + reach * -1,
                      lower_end + reach,
                      [&marks = marks_, lower_end, reach_mm = rules_.uncinate.radius_mm](PointLps at) {
                        return space::distance(at, lower_end) < reach_mm && marks.is_place_of_uncinate(at);
                      },
                      NeedsFocus::no,
                      1,
                      rules_.uncinate.reach_mm});
  }

  void add_prostate_or_uterus(std::vector<RegionPlace>& places) const {
    const Landmarks::Extent& bladder = marks_.extent_of(Organ::bladder);
    if (!bladder.seen) return;
    const auto& rule = rules_.prostate;
    places.push_back({Organ::prostate_or_uterus_region,
                      {Organ::bladder},
                      {bladder.centre.x - rule.aside_mm, bladder.centre.y + rule.least_behind_mm,
                       bladder.low.z - rule.below_mm},
                      {bladder.centre.x + rule.aside_mm, bladder.centre.y + rule.most_behind_mm,
                       bladder.high.z + rule.above_mm},
                      [bladder](PointLps at) {
                        // Beside the bladder's front lies the wall of the pelvis.
                        return at.z < bladder.low.z || at.y > bladder.centre.y;
                      }});
  }

  const Landmarks& marks_;
  const image::LabelMap& organs_;
  const RegionRules& rules_;
};

}  // namespace

std::vector<RegionPlace> region_places(const Landmarks& marks, const image::LabelMap& organs,
                                       const RegionRules& rules) {
  return Places(marks, organs, rules).all();
}

}  // namespace netpet::lesions
