#include "lesions/symmetric_pair.h"

#include <gtest/gtest.h>

#include "lesions/verdict_rules.h"
#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using record::Organ;
using record::Role;

struct Focus {
  space::PointLps at;
  float suvmax;
};

/// A head on a neck, midline at x 120: which of the foci, balls of 5 mm radius, is a side of what.
std::vector<std::optional<std::string>> pairs_of(const std::vector<Focus>& foci, Role role = Role::sstr) {
  std::vector<Ball> balls{{{120, 110, 320}, 60, 0.5F, Organ::brain}};
  for (double z = 20; z < 240; z += 12) balls.push_back({{120, 150, z}, 14, 1, Organ::spine});
  space::Geometry grid = cube_grid(60, 4);
  grid.size[2] = 110;
  const SyntheticScan scan = synthetic_scan(grid, 0.5F, balls, 0, 0, 0, 0);
  std::vector<Outline> outlines(foci.size());
  for (std::size_t n = 0; n < foci.size(); ++n) {
    outlines[n].hottest = grid.nearest(foci[n].at);
    outlines[n].suvmax = foci[n].suvmax;
    for (std::size_t voxel = 0; voxel < grid.voxels(); ++voxel)
      if (space::distance(grid.to_lps(grid.index(voxel)), foci[n].at) < 10)
        outlines[n].region.push_back(voxel);
  }
  std::vector<const Outline*> all;
  for (const Outline& outline : outlines) all.push_back(&outline);
  const VerdictRules rules = verdict_rules(resources());
  return find_symmetric_pairs(all, grid, role, Landmarks(scan.organs, MapKind::automatic, rules), rules,
                              tissue_rules(resources(), role));
}

const Focus right_gland{{88, 90, 210}, 7}, left_gland{{150, 92, 214}, 8};

TEST(SymmetricPair, HotGlandsOnBothSidesOfTheJawAreBelievedWhereOneAloneIsNot) {
  const auto pairs = pairs_of({right_gland, left_gland});
  ASSERT_TRUE(pairs[0]);
  EXPECT_NE(pairs[0]->find("salivary"), std::string::npos);
  EXPECT_EQ(pairs[0], pairs[1]);
  EXPECT_FALSE(pairs_of({right_gland})[0]);
  EXPECT_FALSE(pairs_of({right_gland, left_gland}, Role::fdg)[0]) << "nodes of both sides look alike on FDG";
}

TEST(SymmetricPair, SidesOfUnlikeUptakeAreNone) {
  Focus hotter = left_gland;
  hotter.suvmax = 10.9F;
  for (const auto& pair : pairs_of({right_gland, hotter})) EXPECT_FALSE(pair);
}

TEST(SymmetricPair, ANodeBesideAGlandIsNotExplainedByTheGlandOfTheOtherSide) {
  const Focus node{{82, 96, 192}, 7.5F};
  for (const bool node_first : {false, true}) {
    const auto pairs =
        node_first ? pairs_of({node, right_gland, left_gland}) : pairs_of({right_gland, left_gland, node});
    EXPECT_FALSE(pairs[node_first ? 0 : 2]);
    EXPECT_TRUE(pairs[1]);
  }
}

TEST(SymmetricPair, AGlandThatIsASideOfOneStructureIsNoSideOfAnother) {
  // Glands below the limit of one alone, the node above it and nearer to the mirror image.
  const Focus right{{88, 90, 210}, 6}, left{{148, 90, 214}, 5.9F}, node{{152, 90, 210}, 6.8F};
  const auto pairs = pairs_of({right, left, node});
  EXPECT_TRUE(pairs[0] && pairs[1]);
  EXPECT_FALSE(pairs[2]);
}

}  // namespace
}  // namespace netpet::lesions
