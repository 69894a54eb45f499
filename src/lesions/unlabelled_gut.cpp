#include <cmath>

#include "lesions/unlabelled_organ.h"

namespace netpet::lesions {

namespace {

using record::id_of;
using record::Organ;

bool is_between(double value, double low, double high) {
  return value >= low && value <= high;
}

}  // namespace

bool Landmarks::is_in_abdominal_cavity(space::PointLps at) const {
  const Extent& liver = of(id_of(Organ::liver));
  const Extent& bladder = of(id_of(Organ::bladder));
  const auto spine = spine_at(at.z);
  return kind_ == MapKind::automatic && liver.seen && spine && at.z < liver.centre.z &&
         (!bladder.seen || at.z > bladder.low.z) && spine->y - at.y >= rules_.gut_loop.least_before_mm;
}

bool Landmarks::is_on_course_of_oesophagus(space::PointLps at) const {
  const GutEndsRule& rule = rules_.gut_ends;
  const Extent& liver = of(id_of(Organ::liver));
  const auto spine = spine_at(at.z);
  return kind_ == MapKind::automatic && liver.seen && spine && at.z > liver.centre.z &&
         std::abs(at.x - spine->x) <= rule.oesophagus_aside_mm &&
         is_between(spine->y - at.y, rule.least_oesophagus_before_mm, rule.most_oesophagus_before_mm);
}

bool Landmarks::is_place_of_rectum(space::PointLps at) const {
  const GutEndsRule& rule = rules_.gut_ends;
  const Extent& bladder = of(id_of(Organ::bladder));
  return kind_ == MapKind::automatic && bladder.seen &&
         std::abs(at.x - bladder.centre.x) <= rule.rectum_aside_mm &&
         is_between(at.y - bladder.centre.y, rule.least_rectum_behind_mm, rule.most_rectum_behind_mm) &&
         is_between(at.z, bladder.low.z - rule.rectum_below_mm, bladder.high.z);
}

bool Landmarks::is_place_of_bladder(space::PointLps at) const {
  const BladderEdgeRule& rule = rules_.bladder_edge;
  const auto spine = spine_at(at.z);
  if (kind_ != MapKind::automatic || of(id_of(Organ::bladder)).seen || !spine || spine_.empty()) return false;
  const double lower_end = spine_.begin()->first * kSpineStepMm;
  return std::abs(at.x - spine->x) <= rule.midline_mm && spine->y - at.y >= rule.least_before_mm &&
         std::abs(at.z - lower_end) <= rule.around_spine_end_mm;
}

bool Landmarks::is_at_edge_of_bladder(space::PointLps at) const {
  const BladderEdgeRule& rule = rules_.bladder_edge;
  const Extent& bladder = of(id_of(Organ::bladder));
  return kind_ == MapKind::automatic && bladder.seen &&
         is_between(at.x, bladder.low.x - rule.aside_mm, bladder.high.x + rule.aside_mm) &&
         is_between(at.y, bladder.low.y - rule.aside_mm, bladder.high.y + rule.aside_mm) &&
         is_between(at.z, bladder.low.z - rule.aside_mm, bladder.high.z + rule.above_mm);
}

}  // namespace netpet::lesions
