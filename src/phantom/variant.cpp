#include "phantom/variant.h"

#include <algorithm>

namespace netpet::phantom {
namespace {

using record::Organ;

/// A graft lies before the iliac vessels, its pelvis to the midline, and drains into the bladder.
void add_graft(const BodyPlan& plan, std::vector<Part>& parts) {
  const Vec3 centre{-74, -46, 104}, lean{-20, 0, 24};
  const Vec3 hilum = centre + Vec3{18, 6, 0};
  const ShapePtr sinus = ellipsoid(hilum, {12, 9, 22}, lean);
  add(parts, Organ::kidney_right, Tissue::urine_upper, ellipsoid(hilum, {7, 5, 9}, lean));
  add(parts, Organ::kidney_right, Tissue::kidney_cortex, cut(ellipsoid(centre, {25, 24, 48}, lean), sinus),
      Inside::kidney);
  add(parts, Organ::ureter_right, Tissue::urine_upper,
      tube({{hilum + Vec3{4, 0, -8}, 2.6},
            {{-36, -40, 78}, 2.6},
            {Vec3{-14, -30, 58} + plan.bladder_shift, 2.6}}),
      Inside::ureter);
}

/// The lower poles meet before aorta and spine, at the third lumbar vertebra.
void add_isthmus(const BodyPlan& plan, std::vector<Part>& parts) {
  const Vec3 right = Vec3{-52, 40, 206} + plan.kidney_right_shift,
             left = Vec3{52, 40, 218} + plan.kidney_left_shift;
  const auto half = [&](Organ kidney, double side) {
    const ShapePtr whole = tube({{right, 19},
                                 {{-30, plan.spine_y(196) - 46, 196}, 14},
                                 {{0, plan.spine_y(192) - 56, 192}, 11},
                                 {{30, plan.spine_y(198) - 46, 198}, 14},
                                 {left, 19}});
    add(parts, kidney, Tissue::kidney_cortex,
        implicit([whole, side](Vec3 p) { return std::max(whole->distance(p), -side * p.x); },
                 whole->bounds()));
  };
  half(Organ::kidney_right, -1);
  half(Organ::kidney_left, 1);
}

void add_prosthesis(std::vector<Part>& parts) {
  add(parts, Organ::femur_left, Tissue::metal, ellipsoid({84, -2, 2}, {18, 18, 18}));
  add(parts, Organ::femur_left, Tissue::metal,
      tube({{{86, -2, 0}, 8}, {{108, 4, -22}, 9}, {{112, 4, -60}, 8}, {{108, 2, -150}, 6}}));
}

}  // namespace

const std::map<std::string, Variant>& variants() {
  static const std::map<std::string, Variant> all{{"splenectomy", Variant::splenectomy},
                                                  {"one_kidney", Variant::one_kidney},
                                                  {"kidney_transplant", Variant::kidney_transplant},
                                                  {"horseshoe_kidney", Variant::horseshoe_kidney},
                                                  {"ascites", Variant::ascites},
                                                  {"hip_prosthesis", Variant::hip_prosthesis}};
  return all;
}

std::string name_of(Variant variant) {
  for (const auto& [name, value] : variants())
    if (value == variant) return name;
  return "";
}

void add_variant(const BodyPlan& plan, std::vector<Part>& parts) {
  if (plan.variant == Variant::kidney_transplant) add_graft(plan, parts);
  if (plan.variant == Variant::horseshoe_kidney) add_isthmus(plan, parts);
  if (plan.variant == Variant::hip_prosthesis) add_prosthesis(parts);
}

void add_ascites(const BodyPlan& plan, std::vector<Part>& parts) {
  if (plan.variant != Variant::ascites) return;
  constexpr double retroperitoneum_y = 24, fluid_mm = 26;
  // A layer along the wall of the abdomen and around the liver, deeper in the pelvis.
  add(parts, 0, Tissue::ascites,
      implicit(
          [plan](Vec3 p) {
            const double wall = plan.cavity_distance(p);
            const double layer = p.z < 110 ? fluid_mm + 14 : fluid_mm;
            return std::max({wall + 3, -wall - layer, p.y - retroperitoneum_y,
                             (p.z - plan.diaphragm(p.x, p.y) + 3) * 0.75, 20 - p.z});
          },
          {{-150, -110, 20}, {150, retroperitoneum_y, 400}}));
}

}  // namespace netpet::phantom
