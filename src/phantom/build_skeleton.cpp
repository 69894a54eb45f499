#include <array>
#include <cmath>
#include <string>

#include "phantom/anatomy.h"

namespace netpet::phantom {
namespace {

using record::Organ;

struct Level {
  int organ;
  double z;       // centre of the body
  double height;  // of the body, disc not included
  double half_width, half_depth;
};

/// L5 up to C1; TotalSegmentator counts 27 (L5) … 50 (C1).
constexpr std::array<Level, 24> kLevels{
    {{27, 115, 27, 26, 18},     {28, 150, 28, 25, 18},     {29, 186, 28, 24, 17.5},
     {30, 221, 27, 23, 17},     {31, 255, 26, 22, 16.5},   {32, 288, 25, 21, 16},
     {33, 318, 23, 19.5, 15.5}, {34, 346, 22, 18.5, 15.5}, {35, 373, 21, 17.5, 15},
     {36, 399, 20.5, 17, 15},   {37, 424, 20, 16.5, 14.5}, {38, 448, 19, 16, 14},
     {39, 471, 18, 15, 13},     {40, 493, 17.5, 14.5, 12}, {41, 514, 17, 14.5, 11.5},
     {42, 534, 16, 14.5, 11},   {43, 553, 15, 15, 10.5},   {44, 570, 13, 14.5, 9.5},
     {45, 586, 12, 13.5, 9},    {46, 601, 12, 13, 9},      {47, 616, 12, 12.5, 8.5},
     {48, 631, 12, 12.5, 8.5},  {49, 648, 15, 12.5, 8.5},  {50, 666, 9, 20, 7}}};

void add_vertebra(const BodyPlan& plan, const Level& level, std::vector<Part>& parts) {
  const double y = plan.spine_y(level.z),
               slope = (plan.spine_y(level.z + 10) - plan.spine_y(level.z - 10)) / 20;
  const double degrees = -std::atan(slope) * 57.29577951308232;
  const bool cervical = level.organ >= 44, lumbar = level.organ <= 31;
  const double canal_y = y + level.half_depth + 7.5;
  std::vector<ShapePtr> bone;
  bone.push_back(ellipsoid({0, y, level.z}, {level.half_width, level.half_depth, level.height / 2},
                           {degrees, 0, 0}, Corners::boxy));
  const double spine_tip = canal_y + (cervical ? 24
                                      : lumbar ? 36
                                               : 30),
               drop = cervical ? 6
                      : lumbar ? 6
                               : 16;
  for (const double side : {-1.0, 1.0}) {
    bone.push_back(tube({{{side * 12, y + level.half_depth - 4, level.z + 4}, 4.5},
                         {{side * 13, canal_y + 3, level.z + 1}, 4.5},
                         {{side * 5, canal_y + 12, level.z - 4}, 3.8},
                         {{0, canal_y + 13, level.z - 5}, 3.5}}));
    const double reach = lumbar ? 42 : cervical ? 24 : 32;
    bone.push_back(tube({{{side * 12, canal_y, level.z + 2}, 4},
                         {{side * reach, canal_y + (lumbar ? 2 : 9), level.z + 3}, 3.2}}));
    bone.push_back(ellipsoid({side * 17, canal_y + 4, level.z - level.height * 0.4}, {6, 6, 9}));
  }
  if (level.organ != 50)
    bone.push_back(tube(
        {{{0, canal_y + 12, level.z - 4}, 3.5}, {{0, spine_tip, level.z - 4 - drop}, lumbar ? 4.0 : 3.2}}));
  add(parts, level.organ, Tissue::marrow, unite(std::move(bone), 3), Inside::bone);
}

void add_rib(const BodyPlan& plan, int rib, std::vector<Part>& parts) {
  const Level& level = kLevels[static_cast<std::size_t>(17 - rib)];
  const double z0 = level.z + 6;
  const double end = rib <= 1 ? 140 : rib <= 7 ? 150 : rib <= 9 ? 140 : rib == 10 ? 125 : rib == 11 ? 85 : 58;
  const double drop = rib == 1 ? 30 : rib == 2 ? 48 : rib <= 7 ? 62 + 6 * (rib - 3) : 96;
  std::vector<TubeNode> nodes;
  nodes.push_back({{16, plan.spine_y(z0) + level.half_depth + 2, z0}, 4});
  for (double angle = 24; angle <= end; angle += 9) {
    const double t = angle * 0.017453292519943295;
    const double z = z0 - drop * (1 - std::cos(t * 0.9)) / 2 * 1.15 + 3 * std::sin(t);
    const double r = rib == 1 ? 0.9 : 1.0;
    nodes.push_back({{r * (plan.cage_width(z) + 4) * std::sin(t),
                      plan.cage_centre(z) + (plan.cage_depth(z) + 4) * std::cos(t), z},
                     rib == 12 ? 4.0 : 5.0});
  }
  std::vector<TubeNode> other = nodes;
  for (TubeNode& node : other) node.at = mirrored(node.at);
  add(parts, 91 + rib, Tissue::marrow, tube(nodes), Inside::flat_bone);
  add(parts, 103 + rib, Tissue::marrow, tube(other), Inside::flat_bone);
  if (rib > 10) return;
  // The cartilage goes on from the end of the rib to the breastbone.
  for (const std::vector<TubeNode>* side : {&nodes, &other}) {
    const Vec3 from = side->back().at;
    const double z_end = rib <= 7 ? std::max(396.0, from.z + 6 + 3.0 * rib) : 392 - 10.0 * (rib - 7);
    const double x_end = (from.x > 0 ? 1 : -1) * (rib <= 7 ? 16.0 : 26.0 + 10 * (rib - 7));
    const double y_end = plan.cage_centre(z_end) -
                         plan.cage_depth(z_end) * std::sqrt(1 - std::pow(x_end / plan.cage_width(z_end), 2)) -
                         4;
    const Vec3 to{x_end, y_end, z_end};
    const double z_mid = (from.z + to.z) / 2 - 6, x_mid = (from.x + to.x) / 2;
    const double y_mid =
        plan.cage_centre(z_mid) -
        plan.cage_depth(z_mid) * std::sqrt(std::max(0.05, 1 - std::pow(x_mid / plan.cage_width(z_mid), 2))) -
        4;
    add(parts, Organ::costal_cartilages, Tissue::cartilage,
        tube({{from, 4.5}, {{x_mid, y_mid, z_mid}, 4.5}, {to, 4}}));
  }
}

void add_pelvic_bones(std::vector<Part>& parts) {
  for (const double side : {-1.0, 1.0}) {
    const Organ hip = side < 0 ? Organ::hip_right : Organ::hip_left;
    const Organ femur = side < 0 ? Organ::femur_right : Organ::femur_left;
    const Vec3 head{side * 88, 4, 14};
    add(parts, femur, Tissue::marrow,
        unite({ellipsoid(head, {22, 22, 22}), tube({{head, 14}, {{side * 122, 10, -14}, 14}}),
               ellipsoid({side * 127, 14, -6}, {14, 17, 20})},
              6),
        Inside::bone);
    add(parts, femur, Tissue::fatty_marrow,
        tube({{{side * 121, 11, -22}, 15}, {{side * 113, 4, -110}, 14}, {{side * 104, 2, -340}, 14}}),
        Inside::long_bone);
    const ShapePtr bowl = ellipsoid({0, -6, 112}, {122, 84, 118});
    const ShapePtr wing = implicit(
        [bowl, side](Vec3 p) {
          const double plate = std::abs(bowl->distance(p)) - (4.5 + 0.035 * std::abs(p.z - 100));
          const double crest = p.z - (164 - 0.004 * (p.y + 10) * (p.y + 10));
          return std::max({plate, crest, 30 - p.z, 44 - side * p.x, -p.y - 70});
        },
        {side < 0 ? Vec3{-136, -75, 28} : Vec3{40, -75, 28},
         side < 0 ? Vec3{-40, 95, 168} : Vec3{136, 95, 168}});
    const ShapePtr socket =
        cut(ellipsoid(head + Vec3{-side * 6, 0, 4}, {33, 32, 34}), ellipsoid(head, {25, 25, 25}));
    const ShapePtr lower =
        unite({tube({{{side * 74, 30, 4}, 15}, {{side * 64, 36, -40}, 15}}),
               tube({{{side * 64, 30, -50}, 9}, {{side * 34, -20, -38}, 6}, {{side * 12, -44, -14}, 8}}),
               tube({{{side * 70, -16, 22}, 10}, {{side * 36, -46, 14}, 7}, {{side * 9, -50, -2}, 11}})},
              5);
    add(parts, hip, Tissue::marrow, unite({cut(wing, ellipsoid(head, {25, 25, 25})), socket, lower}, 4),
        Inside::bone);
  }
  const ShapePtr sacrum = unite(
      {ellipsoid({0, 56, 84}, {50, 17, 22}, {28, 0, 0}), ellipsoid({0, 74, 56}, {38, 13, 24}, {24, 0, 0}),
       tube({{{0, 82, 34}, 12}, {{0, 80, 8}, 8}, {{0, 70, -10}, 5}})},
      10);
  add(parts, Organ::sacrum, Tissue::marrow, sacrum, Inside::bone);
}

void add_shoulders(const BodyPlan& plan, std::vector<Part>& parts) {
  for (const double side : {-1.0, 1.0}) {
    const bool right = side < 0;
    add(parts, right ? 74 : 73, Tissue::marrow,
        tube({{{side * 20, -62, 522}, 7},
              {{side * 60, -66, 534}, 5.5},
              {{side * 105, -30, 552}, 5.5},
              {{side * 135, -4, 556}, 6}}),
        Inside::flat_bone);
    const ShapePtr outline_of_blade = ellipsoid({side * 88, 62, 478}, {34, 60, 58}, {0, side * 14, 0});
    const ShapePtr blade = implicit(
        [plan, outline_of_blade](Vec3 p) {
          const double wall = std::abs(plan.cavity_distance(p) - 17) - 3.2;
          return std::max({wall, outline_of_blade->distance(p), 30 - p.y});
        },
        {{right ? -130.0 : 50.0, 28, 415}, {right ? -50.0 : 130.0, 122, 540}});
    const int scapula = right ? 72 : 71;
    add(parts, scapula, Tissue::marrow, blade, Inside::flat_bone);
    add(parts, scapula, Tissue::marrow,
        unite({tube({{{side * 70, 96, 518}, 4}, {{side * 115, 66, 540}, 6}, {{side * 142, 20, 556}, 7}}),
               ellipsoid({side * 128, 14, 528}, {9, 15, 17})},
              4),
        Inside::flat_bone);
    const Vec3 head{side * 150, 12, 540};
    add(parts, right ? Organ::humerus_right : Organ::humerus_left, Tissue::marrow,
        ellipsoid(head, {21, 21, 22}), Inside::bone);
    add(parts, right ? Organ::humerus_right : Organ::humerus_left, Tissue::fatty_marrow,
        tube({{head, 13},
              {{side * 174, 6, 600}, 11},
              {{side * 184, 0, 680}, 10.5},
              {{side * 172, -8, 905}, 11}}),
        Inside::long_bone);
  }
}

}  // namespace

void add_skeleton(const BodyPlan& plan, std::vector<Part>& parts) {
  std::vector<TubeNode> cord;
  for (double z = 240; z <= 690; z += 25) {
    const double depth = z < 560 ? 17 - (z - 240) * 0.014 : 9.5;
    cord.push_back({{0, plan.spine_y(z) + depth + 7.5, z}, 5.5});
  }
  add(parts, Organ::spinal_cord, Tissue::cord, tube(cord));
  for (std::size_t n = 0; n < kLevels.size(); ++n) {
    add_vertebra(plan, kLevels[n], parts);
    if (n + 2 >= kLevels.size()) continue;
    const Level &below = kLevels[n], &above = kLevels[n + 1];
    const double z = (below.z + below.height / 2 + above.z - above.height / 2) / 2;
    const double half = (above.z - above.height / 2 - below.z - below.height / 2) / 2 + 1.5;
    add(parts, 0, Tissue::disc,
        ellipsoid({0, plan.spine_y(z), z}, {below.half_width * 0.97, below.half_depth * 0.97, half}, {},
                  Corners::boxy));
  }
  for (int rib = 1; rib <= 12; ++rib) add_rib(plan, rib, parts);
  const auto front = [&](double z) { return plan.cage_centre(z) - plan.cage_depth(z) - 5; };
  add(parts, Organ::sternum, Tissue::marrow,
      unite({ellipsoid({0, front(508), 505}, {26, 8, 26}, {-14, 0, 0}, Corners::boxy),
             ellipsoid({0, front(440), 438}, {17, 7, 48}, {-8, 0, 0}, Corners::boxy),
             ellipsoid({0, front(386), 384}, {8, 5, 14})},
            4),
      Inside::flat_bone);
  add_pelvic_bones(parts);
  add_shoulders(plan, parts);
}

}  // namespace netpet::phantom
