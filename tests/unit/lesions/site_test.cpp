#include "lesions/site.h"

#include <gtest/gtest.h>

#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using record::Organ;

/// Brain to pelvis of a map that labels neither cava nor gallbladder; the midline is at x 120.
SyntheticScan body() {
  std::vector<Ball> balls{{{70, 110, 280}, 50, 6, Organ::liver},
                          {{80, 110, 390}, 40, 0.5f, Organ::lung_right},
                          {{160, 110, 390}, 40, 0.5f, Organ::lung_left},
                          {{175, 130, 230}, 22, 12, Organ::kidney_left},
                          {{120, 90, 40}, 24, 20, Organ::bladder}};
  for (double z = 40; z < 480; z += 12) balls.push_back({{120, 150, z}, 14, 1, Organ::spine});
  space::Geometry grid = cube_grid(60, 4);
  grid.size[2] = 130;
  return synthetic_scan(grid, 0.5f, balls, 0, 0, 0, 0);
}

Site site_at(space::PointLps at) {
  static const SyntheticScan scan = body();
  Outline outline;
  const space::Geometry& grid = scan.suv.geometry();
  for (std::size_t voxel = 0; voxel < scan.suv.voxels().size(); ++voxel)
    if (space::distance(grid.to_lps(grid.index(voxel)), at) <= 8) outline.region.push_back(voxel);
  outline.hottest = grid.nearest(at);
  return Sites(scan.organs, 4).of(outline);
}

TEST(Site, PartsOfTheLiverAreSegmentGroupsAndTheirBordersAreLeftOpen) {
  EXPECT_EQ(site_at({50, 110, 305}).location, "right lobe of liver, upper part (segments 7 and 8)");
  EXPECT_EQ(site_at({50, 110, 255}).location, "right lobe of liver, lower part (segments 5 and 6)");
  EXPECT_EQ(site_at({50, 110, 280}).location, "right lobe of liver");
  EXPECT_EQ(site_at({85, 110, 255}).location, "liver, near the border of its lobes");
}

TEST(Site, ASpineThatIsLabelledAsOneHasTheLevelOfItsHeight) {
  const SyntheticScan scan = body();
  const space::Geometry& grid = scan.suv.geometry();
  record::SpineLevels levels{300, 4, {{}}};
  levels.probability[0][9] = 1;
  Outline outline;
  outline.hottest = grid.nearest({120, 150, 300});
  outline.region = {grid.offset(outline.hottest)};
  EXPECT_EQ(Sites(scan.organs, 4, &levels).of(outline).location, "thoracic spine, about T9");
  EXPECT_EQ(Sites(scan.organs, 4).of(outline).location, "spine");
}

TEST(Site, ABoneIsNamedAsExactlyAsTheMapDoes) {
  const auto location_in = [](std::uint16_t organ) {
    const SyntheticScan scan = synthetic_scan(cube_grid(20, 4), 0.5f,
                                              {{{40, 40, 40}, 16, 6, static_cast<Organ>(organ)}}, 0, 0, 0, 0);
    Outline outline;
    const space::Geometry& grid = scan.suv.geometry();
    outline.hottest = grid.nearest({40, 40, 40});
    outline.region = {grid.offset(outline.hottest)};
    const Site site = Sites(scan.organs, 4).of(outline);
    EXPECT_EQ(site.name, "bone") << organ;
    return site.location;
  };
  EXPECT_EQ(location_in(29), "L3 vertebra");
  EXPECT_EQ(location_in(94), "left rib 3");
  EXPECT_EQ(location_in(115), "right rib 12");
  EXPECT_EQ(location_in(71), "left scapula");
  EXPECT_EQ(location_in(74), "right clavicle");
  EXPECT_EQ(location_in(77), "left hip bone");
  EXPECT_EQ(location_in(record::id_of(Organ::ribs_left)), "left ribs");
  EXPECT_EQ(location_in(record::id_of(Organ::arm_right)), "bone of the right arm");
  EXPECT_EQ(location_in(record::id_of(Organ::bone)), "bone");
}

TEST(Site, WhatLiesOutsideOrgansHasTheRegionOfItsNodes) {
  const std::string node = "outside organs, small: lymph node or soft tissue, ";
  EXPECT_EQ(site_at({150, 80, 460}).location, node + "left side of the neck");
  EXPECT_EQ(site_at({120, 60, 400}).location, node + "mediastinum or hilum");
  EXPECT_EQ(site_at({20, 110, 410}).location, node + "right axilla or chest wall");
  EXPECT_EQ(site_at({130, 70, 250}).location, node + "upper abdomen");
  EXPECT_EQ(site_at({130, 70, 170}).location, node + "lower abdomen");
  EXPECT_EQ(site_at({190, 90, 90}).location, node + "left side of the pelvis or groin");
}

}  // namespace
}  // namespace netpet::lesions
