#include <algorithm>
#include <cmath>

#include "phantom/anatomy.h"

namespace netpet::phantom {

using record::Organ;

void add_head(const BodyPlan&, std::vector<Part>& parts) {
  add(parts, Organ::pituitary, Tissue::pituitary, ellipsoid({0, -20, 706}, {6.5, 6, 5}));
  const ShapePtr cerebrum = ellipsoid({0, 2, 766}, {64, 82, 62});
  const ShapePtr cerebellum = ellipsoid({0, 44, 706}, {46, 30, 22});
  const ShapePtr stem = tube({{{0, 16, 730}, 13}, {{0, 20, 700}, 12}, {{0, 21, 672}, 8}});
  const ShapePtr brain = unite({cerebrum, cerebellum, stem}, 6);
  add(parts, Organ::brain, Tissue::brain_white, brain, Inside::brain);
  // Airspaces before the bones around them.
  add(parts, 0, Tissue::airway,
      unite({ellipsoid({-24, -66, 688}, {12, 13, 15}), ellipsoid({24, -66, 688}, {12, 13, 15}),
             ellipsoid({0, -38, 704}, {11, 10, 7}), ellipsoid({0, -84, 722}, {15, 5, 10}),
             ellipsoid({0, -68, 690}, {7, 24, 13}), ellipsoid({-54, 20, 694}, {6, 8, 9}),
             ellipsoid({54, 20, 694}, {6, 8, 9})}));
  add(parts, Organ::trachea, Tissue::airway,
      tube({{{0, -42, 686}, 8},
            {{0, -30, 660}, 8},
            {{0, -22, 630}, 7},
            {{0, -22, 600}, 8},
            {{0, -14, 560}, 8.5}}));
  const ShapePtr vault = ellipsoid({0, 0, 758}, {74, 93, 84});
  const ShapePtr inner =
      unite({ellipsoid({0, 1, 764}, {67, 85, 70}), ellipsoid({0, 42, 708}, {50, 34, 26})}, 8);
  add(parts, Organ::skull, Tissue::marrow,
      implicit(
          [vault, inner](Vec3 p) {
            const double bone = std::max({vault->distance(p), -inner->distance(p), 690 + 0.12 * p.y - p.z});
            // The base is thin in front of and behind its middle.
            return p.z < 714 ? std::max(bone, std::abs(p.z - 700 - 0.1 * p.y) - 8) : bone;
          },
          {{-76, -95, 680}, {76, 95, 845}}),
      Inside::flat_bone);
  add(parts, Organ::skull, Tissue::marrow,
      unite({rind(ellipsoid({-24, -66, 688}, {15, 16, 18}), 3),
             rind(ellipsoid({24, -66, 688}, {15, 16, 18}), 3),
             tube({{{-62, -30, 700}, 4}, {{-54, -70, 700}, 5}, {{-34, -82, 702}, 6}}),
             tube({{{62, -30, 700}, 4}, {{54, -70, 700}, 5}, {{34, -82, 702}, 6}}),
             tube({{{-28, -62, 667}, 5},
                   {{-16, -88, 668}, 6},
                   {{0, -94, 668}, 6},
                   {{16, -88, 668}, 6},
                   {{28, -62, 667}, 5}})}),
      Inside::flat_bone);
  add(parts, Organ::skull, Tissue::marrow,
      tube({{{-50, -14, 692}, 6},
            {{-47, -26, 656}, 7},
            {{-34, -68, 642}, 7},
            {{0, -94, 638}, 8},
            {{34, -68, 642}, 7},
            {{47, -26, 656}, 7},
            {{50, -14, 692}, 6}}),
      Inside::bone);
  add(parts, 0, Tissue::csf,
      unite({ellipsoid({-31, -78, 718}, {12, 12, 12}), ellipsoid({31, -78, 718}, {12, 12, 12})}));
  add(parts, Organ::parotid_right, Tissue::salivary, ellipsoid({-55, -2, 664}, {9, 17, 26}));
  add(parts, Organ::parotid_left, Tissue::salivary, ellipsoid({55, -2, 664}, {9, 17, 26}));
  add(parts, Organ::submandibular_right, Tissue::submandibular, ellipsoid({-29, -44, 628}, {9, 15, 11}));
  add(parts, Organ::submandibular_left, Tissue::submandibular, ellipsoid({29, -44, 628}, {9, 15, 11}));
  add(parts, 0, Tissue::tonsil, ellipsoid({-17, -34, 656}, {5, 7, 10}));
  add(parts, 0, Tissue::tonsil, ellipsoid({17, -34, 656}, {5, 7, 10}));
  add(parts, 0, Tissue::muscle, ellipsoid({0, -60, 660}, {22, 30, 14}));
  add(parts, Organ::thyroid, Tissue::thyroid,
      unite({ellipsoid({-17, -24, 585}, {8, 9, 23}), ellipsoid({17, -24, 585}, {8, 9, 23}),
             ellipsoid({0, -34, 577}, {12, 4, 7})},
            4));
}

}  // namespace netpet::phantom
