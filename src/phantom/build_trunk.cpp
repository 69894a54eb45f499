#include <algorithm>
#include <cmath>

#include "phantom/anatomy.h"

namespace netpet::phantom {

using record::Organ;

namespace {

/// What lies below the diaphragm and `gap_mm` inside the wall of the trunk.
ShapePtr below_diaphragm(const BodyPlan& plan, const ShapePtr& shape, double gap_mm) {
  const Box box = shape->bounds();
  return implicit(
      [plan, shape, gap_mm](Vec3 p) {
        const double d = shape->distance(p);
        if (d > 10) return d;
        return std::max(
            {d, plan.cavity_distance(p) + gap_mm, (p.z - plan.diaphragm(p.x, p.y) + gap_mm) * 0.75});
      },
      box);
}

void add_kidney(const BodyPlan& plan, double side, std::vector<Part>& parts) {
  const bool right = side < 0;
  const Vec3 centre =
      Vec3{side * 61, 50, right ? 244.0 : 258.0} + (right ? plan.kidney_right_shift : plan.kidney_left_shift);
  const double s = plan.kidney_size;
  const Vec3 lean{-14, side * 12, side * -28};
  const Vec3 hilum = centre + Vec3{-side * 20 * s, -9 * s, 0};
  const ShapePtr sinus = ellipsoid(hilum, {14 * s, 10 * s, 27 * s}, lean);
  // Calices and renal pelvis hold tracer on both scans; fat fills the rest of the sinus.
  const ShapePtr collecting =
      unite({ellipsoid(hilum + Vec3{side * 3, 2, 0}, {8 * s, 5 * s, 9 * s}, lean),
             tube({{hilum + Vec3{side * 4, 2, 6}, 3}, {hilum + Vec3{side * 9, 4, 22}, 4}}),
             tube({{hilum + Vec3{side * 4, 2, -6}, 3}, {hilum + Vec3{side * 9, 4, -22}, 4}})},
            3);
  const Organ kidney = right ? Organ::kidney_right : Organ::kidney_left;
  add(parts, kidney, Tissue::urine_upper, collecting);
  add(parts, kidney, Tissue::kidney_cortex, cut(ellipsoid(centre, {26 * s, 27 * s, 53 * s}, lean), sinus),
      Inside::kidney);
  const Vec3 top = hilum + Vec3{-side * 8, -6, -10};
  add(parts, right ? Organ::ureter_right : Organ::ureter_left, Tissue::urine_upper,
      tube({{top, 3},
            {{side * 38, 22, top.z - 45}, 2.6},
            {{side * 36, 0, 150}, 2.6},
            {{side * 40, 6, 110}, 2.6},
            {{side * 52, 30, 75}, 2.6},
            {{side * 40, 26, 45}, 2.6},
            {{side * 20, 4, 20}, 2.6}}),
      Inside::ureter);
}

ShapePtr liver_shape(const BodyPlan& plan) {
  const double s = plan.liver_size;
  const Vec3 at = plan.liver_shift;
  const ShapePtr right = ellipsoid(Vec3{-70, -2, 322} + at, Vec3{64, 82, 84} * s, {0, 8, 0});
  const ShapePtr left = ellipsoid(Vec3{-4, -50, 338} + at, Vec3{66, 34, 32} * s, {0, -14, 0});
  const ShapePtr lobes = unite({right, left}, 30);
  // Stomach, spine and right kidney leave their prints.
  const ShapePtr prints =
      unite({ellipsoid(Vec3{-61, 62, 238} + plan.kidney_right_shift, {36, 40, 66}),
             ellipsoid({6, 62, 330}, {44, 48, 120}), ellipsoid({-20, -6, 268}, {34, 52, 36})},
            12);
  return below_diaphragm(plan, cut(lobes, prints), 4);
}

}  // namespace

void add_abdomen(const BodyPlan& plan, std::vector<Part>& parts) {
  const Vec3 pancreas = plan.pancreas_shift;
  add_kidney(plan, -1, parts);
  if (plan.variant != Variant::one_kidney) add_kidney(plan, 1, parts);
  const Vec3 right_adrenal = Vec3{-31, 30, 306} + plan.kidney_right_shift,
             left_adrenal = Vec3{30, 30, 312} + plan.kidney_left_shift;
  add(parts, Organ::adrenal_right, Tissue::adrenal,
      unite({ellipsoid(right_adrenal, {3, 12, 15}, {0, 0, -18}),
             ellipsoid(right_adrenal + Vec3{-3, 6, -4}, {2.6, 11, 10}, {0, 0, 28})},
            2));
  add(parts, Organ::adrenal_left, Tissue::adrenal,
      unite({ellipsoid(left_adrenal, {3, 12, 15}, {0, 0, 18}),
             ellipsoid(left_adrenal + Vec3{4, 6, -4}, {2.8, 11, 11}, {0, 0, -28})},
            2));
  add(parts, Organ::uncinate_process, Tissue::uncinate,
      ellipsoid(Vec3{-24, 0, 222} + pancreas, {13, 10, 15}, {0, 20, 0}));
  add(parts, Organ::pancreas, Tissue::pancreas,
      tube({{Vec3{78, 22, 304} + pancreas, 8.5},
            {Vec3{56, 12, 296} + pancreas, 10.5},
            {Vec3{22, -20, 280} + pancreas, 10.5},
            {Vec3{-8, -26, 268} + pancreas, 9.5},
            {Vec3{-32, -14, 252} + pancreas, 14},
            {Vec3{-36, -8, 232} + pancreas, 13.5}}));
  add(parts, Organ::gallbladder, Tissue::bile,
      ellipsoid(Vec3{-48, -62, 262} + plan.liver_shift, {15, 19, 27}, {30, 0, 0}));
  if (plan.has_spleen) {
    const double s = plan.spleen_size;
    add(parts, Organ::spleen, Tissue::spleen,
        below_diaphragm(
            plan,
            cut(ellipsoid(Vec3{88, 40, 316} + plan.spleen_shift, Vec3{36, 50, 60} * s, {-18, 0, -20}),
                ellipsoid(Vec3{50, 6, 322} + plan.spleen_shift, {34, 40, 60})),
            4));
  }
  add(parts, Organ::liver, Tissue::liver, liver_shape(plan), Inside::liver);
  const Vec3 st = plan.stomach_shift;
  add(parts, Organ::stomach, Tissue::stomach_wall,
      below_diaphragm(plan,
                      tube({{Vec3{50, 16, 348} + st, 28},
                            {Vec3{58, -14, 326} + st, 33},
                            {Vec3{52, -44, 290} + st, 29},
                            {Vec3{28, -60, 262} + st, 24},
                            {Vec3{2, -58, 262} + st, 17},
                            {Vec3{-16, -48, 270} + st, 12}}),
                      4),
      Inside::hollow_gut);
}

void add_chest(const BodyPlan& plan, std::vector<Part>& parts) {
  const Vec3 h = plan.heart_shift;
  const double s = plan.heart_size;
  const Vec3 lean{0, 35, -38};
  // Blood of the left ventricle, its wall, then the other chambers.
  add(parts, Organ::heart, Tissue::blood, ellipsoid(Vec3{36, -32, 414} + h, Vec3{21, 21, 34} * s, lean));
  add(parts, Organ::heart, Tissue::myocardium, ellipsoid(Vec3{37, -33, 412} + h, Vec3{32, 32, 45} * s, lean));
  add(parts, Organ::heart, Tissue::blood, ellipsoid(Vec3{2, -52, 410} + h, Vec3{36, 27, 34} * s, {0, 20, 0}));
  add(parts, Organ::heart, Tissue::blood, ellipsoid(Vec3{-26, -26, 428} + h, Vec3{26, 28, 34} * s));
  add(parts, Organ::heart, Tissue::blood, ellipsoid(Vec3{8, 2, 444} + h, Vec3{32, 22, 24} * s));
  const ShapePtr mediastinum =
      unite({ellipsoid(Vec3{18, -34, 420} + h, Vec3{60, 50, 58} * s, {0, 25, 0}),
             ellipsoid({0, 10, 500}, {27, 74, 110}), ellipsoid({4, 30, 380}, {27, 60, 130})},
            20);
  const auto lung = [&](double side) {
    return implicit(
        [plan, mediastinum, side](Vec3 p) {
          const double wall = plan.cavity_distance(p) + 4;
          if (wall > 6) return wall;
          return std::max(
              {wall, (plan.diaphragm(p.x, p.y) - p.z) * 0.75, -mediastinum->distance(p), 4 - side * p.x});
        },
        {side < 0 ? Vec3{-142, -106, 262} : Vec3{0, -106, 262},
         side < 0 ? Vec3{0, 104, 572} : Vec3{142, 104, 572}});
  };
  const auto part_of = [](const ShapePtr& whole, auto beyond) {
    const Box box = whole->bounds();
    return implicit([whole, beyond](Vec3 p) { return std::max(whole->distance(p), beyond(p)); }, box);
  };
  const auto oblique = [](Vec3 p) {
    return (p.z - 425 - 1.05 * p.y) * 0.69;
  };  // above 0: in front of the fissure
  const ShapePtr right = lung(-1), left = lung(1);
  add(parts, Organ::lung_upper_lobe_left, Tissue::lung,
      part_of(left, [oblique](Vec3 p) { return -oblique(p); }), Inside::lung);
  add(parts, Organ::lung_lower_lobe_left, Tissue::lung, left, Inside::lung);
  add(parts, Organ::lung_upper_lobe_right, Tissue::lung,
      part_of(right, [oblique](Vec3 p) { return std::max(-oblique(p), 446 - p.z); }), Inside::lung);
  add(parts, Organ::lung_middle_lobe_right, Tissue::lung,
      part_of(right, [oblique](Vec3 p) { return -oblique(p); }), Inside::lung);
  add(parts, Organ::lung_lower_lobe_right, Tissue::lung, right, Inside::lung);
}

void add_pelvis(const BodyPlan& plan, std::vector<Part>& parts) {
  const Vec3 b = plan.bladder_shift;
  const ShapePtr bladder = ellipsoid(Vec3{0, -18, 34} + b, Vec3{39, 32, 31} * plan.bladder_size);
  add(parts, Organ::bladder, Tissue::urine_bladder, bladder);
  if (plan.sex == Sex::male)
    add(parts, Organ::prostate, Tissue::prostate, ellipsoid(Vec3{0, -10, -12} + b, {21, 15, 17}));
  else
    add(parts, 0, Tissue::uterus, ellipsoid(Vec3{4, 22, 58} + b, {22, 17, 34}, {-40, 0, 0}));
}

void add_vessels(const BodyPlan& plan, std::vector<Part>& parts) {
  const Vec3 h = plan.heart_shift;
  const auto beside_spine = [&](double x, double z, double ahead) {
    return Vec3{x, plan.spine_y(z) - ahead, z};
  };
  add(parts, Organ::aorta, Tissue::blood,
      tube({{Vec3{4, -20, 448} + h, 15},
            {Vec3{-14, -32, 474} + h, 15},
            {{-8, -22, 504}, 14.5},
            {{8, 4, 515}, 14},
            {{22, 28, 504}, 13.5},
            {beside_spine(25, 475, 20), 13},
            {beside_spine(22, 440, 22), 12.5},
            {beside_spine(18, 400, 26), 12.5},
            {beside_spine(12, 350, 28), 12},
            {beside_spine(7, 300, 28), 11.5},
            {beside_spine(5, 250, 27), 11},
            {beside_spine(4, 200, 28), 10},
            {beside_spine(2, 158, 28), 9.5}}),
      Inside::vessel);
  add(parts, Organ::inferior_vena_cava, Tissue::blood,
      tube({{beside_spine(-16, 146, 26), 9},
            {beside_spine(-19, 200, 28), 10},
            {beside_spine(-21, 260, 30), 10.5},
            {{-25, 12, 310}, 11.5},
            {{-27, 4, 350}, 12},
            {{-27, -8, 388}, 12},
            {Vec3{-26, -20, 414} + h, 12}}),
      Inside::vessel);
  for (const double side : {-1.0, 1.0}) {
    const bool right = side < 0;
    add(parts, right ? 66 : 65, Tissue::blood,
        tube({{{side * 4 + 2, plan.spine_y(158) - 28, 156}, 6.5},
              {{side * 32, 8, 112}, 5.5},
              {{side * 58, -6, 70}, 5},
              {{side * 72, -52, 22}, 4.5},
              {{side * 78, -48, -150}, 4}}),
        Inside::vessel);
    add(parts, right ? 68 : 67, Tissue::blood,
        tube({{{side * 6 - 12, plan.spine_y(146) - 25, 144}, 7},
              {{side * 36, 16, 108}, 6},
              {{side * 58, 6, 66}, 6},
              {{side * 62, -48, 20}, 5.5},
              {{side * 70, -40, -150}, 4.5}}),
        Inside::vessel);
    add(parts, right ? 57 : 58, Tissue::blood,
        tube({{{side * 12, -8, 512}, 5},
              {{side * 24, -16, 550}, 4},
              {{side * 28, -10, 610}, 3.5},
              {{side * 30, 0, 665}, 3}}),
        Inside::vessel);
    add(parts, right ? 56 : 55, Tissue::blood,
        tube({{{side * 16, 4, 515}, 5},
              {{side * 40, 2, 548}, 4.5},
              {{side * 95, -18, 540}, 4},
              {{side * 146, -10, 556}, 3.5}}),
        Inside::vessel);
    add(parts, right ? 60 : 59, Tissue::blood,
        tube({{Vec3{-24, -28, 510}, 8},
              {{side * 34, -34, 530}, 6},
              {{side * 36, -22, 600}, 5},
              {{side * 36, -8, 665}, 4.5}}),
        Inside::vessel);
    // Renal artery and vein.
    const Vec3 hilum = Vec3{side * 40, 40, right ? 244.0 : 258.0} +
                       (right ? plan.kidney_right_shift : plan.kidney_left_shift);
    add(parts, 0, Tissue::blood, tube({{{0, plan.spine_y(252) - 26, 252}, 4}, {hilum, 3}}), Inside::vessel);
    // Pulmonary arteries and main bronchi.
    add(parts, 53, Tissue::blood,
        tube({{Vec3{14, -34, 452} + h, 13},
              {{side * 22, -2, 474}, 10},
              {{side * 46, 8, 464}, 7},
              {{side * 70, 14, 440}, 4}}),
        Inside::vessel);
    add(parts, Organ::trachea, Tissue::airway,
        tube({{{0, 10, 492}, 7}, {{side * 26, 16, 470}, 5.5}, {{side * 44, 22, 452}, 4}}));
  }
  add(parts, 62, Tissue::blood,
      tube({{{-24, -28, 515}, 9}, {{-27, -26, 480}, 9.5}, {Vec3{-27, -26, 446} + h, 10}}), Inside::vessel);
  add(parts, 64, Tissue::blood,
      tube({{{72, 26, 306}, 3.5},
            {{30, -4, 286}, 4.5},
            {{-12, -8, 268}, 6.5},
            {{-30, -14, 292}, 6.5},
            {{-48, -18, 318}, 6.5}}),
      Inside::vessel);
  add(parts, 64, Tissue::blood, tube({{{-12, -8, 268}, 5}, {{-8, -18, 220}, 4.5}, {{-4, -28, 170}, 3.5}}),
      Inside::vessel);
  add(parts, Organ::trachea, Tissue::airway,
      tube({{{0, -14, 562}, 8.5}, {{0, -2, 525}, 8.5}, {{0, 10, 492}, 8.5}}));
  add(parts, Organ::oesophagus, Tissue::stomach_wall,
      tube({{{2, 4, 580}, 6},
            {{4, 20, 530}, 6},
            {{3, 32, 490}, 6.5},
            {{6, 34, 440}, 6.5},
            {{14, 22, 395}, 7},
            {{34, 16, 358}, 8}}));
}

void add_muscles(const BodyPlan& plan, std::vector<Part>& parts) {
  for (const double side : {-1.0, 1.0}) {
    const bool right = side < 0;
    add(parts, right ? 89 : 88, Tissue::muscle,
        tube({{{side * 30, 40, 275}, 12},
              {{side * 42, 38, 220}, 19},
              {{side * 54, 30, 160}, 24},
              {{side * 76, 2, 90}, 22},
              {{side * 90, -32, 30}, 18},
              {{side * 100, -10, -30}, 10}}));
    std::vector<TubeNode> erector;
    for (int level = 0; level < 15; ++level) {
      const double z = 70 + 35 * level;
      erector.push_back(
          {{side * (z < 300 ? 36 : 30), std::min(plan.spine_y(z) + 40, plan.trunk_depth(z) - 30), z},
           z < 300   ? 23.0
           : z < 420 ? 19.0
                     : 15.0});
    }
    add(parts, right ? 87 : 86, Tissue::muscle, tube(erector));
    add(parts, right ? Organ::gluteus_maximus_right : Organ::gluteus_maximus_left, Tissue::muscle,
        ellipsoid({side * 76, 70, 34}, {56, 26, 76}, {0, side * 18, side * 24}));
    add(parts, right ? 83 : 82, Tissue::muscle,
        ellipsoid({side * 124, 6, 92}, {18, 48, 62}, {0, side * 12, 0}));
  }
}

}  // namespace netpet::phantom
