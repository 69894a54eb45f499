#include "image/components.h"

#include <gmock/gmock.h>

#include "base/random.h"

namespace netpet::image {
namespace {

using testing::ElementsAre;

space::Geometry grid_of(int nx, int ny, int nz) {
  space::Geometry grid;
  grid.size = {nx, ny, nz};
  return grid;
}

TEST(Components, VoxelsThatTouchAtACornerAreOnePartOnlyInTheWideNeighbourhood) {
  Mask mask(grid_of(3, 3, 3));
  mask({0, 0, 0}) = mask({1, 1, 1}) = mask({2, 2, 2}) = 1;
  EXPECT_THAT(connected_components(mask, Neighbourhood::all26).sizes, ElementsAre(3));
  EXPECT_THAT(connected_components(mask, Neighbourhood::faces6).sizes, ElementsAre(1, 1, 1));
}

TEST(Components, ARowsEndDoesNotTouchTheNextRowsBeginning) {
  Mask mask(grid_of(4, 2, 1));
  mask({3, 0, 0}) = mask({0, 1, 0}) = 1;
  EXPECT_EQ(connected_components(mask, Neighbourhood::all26).sizes.size(), 2u);
}

TEST(Components, BranchesThatMeetLateAreOnePartWithTheNumberOfItsFirstVoxel) {
  Mask mask(grid_of(5, 3, 1));
  for (const space::IndexIjk at : {space::IndexIjk{0, 0, 0},
                                   {4, 0, 0},
                                   {0, 1, 0},
                                   {4, 1, 0},
                                   {0, 2, 0},
                                   {1, 2, 0},
                                   {2, 2, 0},
                                   {3, 2, 0},
                                   {4, 2, 0},
                                   {2, 0, 0}})
    mask(at) = 1;
  const Components parts = connected_components(mask, Neighbourhood::faces6);
  EXPECT_THAT(parts.sizes, ElementsAre(9, 1));
  EXPECT_EQ(parts.labels({4, 0, 0}), 1u);
  EXPECT_EQ(parts.labels({2, 0, 0}), 2u);
  EXPECT_EQ(parts.largest(), 1u);
  EXPECT_THAT(parts.regions()[1], ElementsAre(mask.geometry().offset({2, 0, 0})));
}

TEST(Components, EveryPartIsWhatAFloodFromOneOfItsVoxelsReaches) {
  Mask mask(grid_of(17, 13, 11));
  base::Random random(1);
  for (auto& voxel : mask.voxels()) voxel = random.uniform() < 0.3;
  for (const Neighbourhood neighbourhood : {Neighbourhood::faces6, Neighbourhood::all26}) {
    const std::vector<Region> parts = connected_components(mask, neighbourhood).regions();
    std::size_t voxels = 0;
    for (const Region& part : parts) {
      EXPECT_EQ(component_at(mask, part.back(), neighbourhood), part);
      voxels += part.size();
    }
    EXPECT_EQ(voxels, region_of(mask).size());
  }
}

TEST(Components, AnEmptyMaskHasNoParts) {
  const Components parts = connected_components(Mask(grid_of(3, 3, 3)), Neighbourhood::all26);
  EXPECT_TRUE(parts.sizes.empty());
  EXPECT_EQ(parts.largest(), 0u);
}

TEST(FillHoles, FillsAnEnclosedVoxelAndLeavesOneThatOpensToTheBorder) {
  Mask mask(grid_of(5, 5, 5));
  for (int k = 1; k < 4; ++k)
    for (int j = 1; j < 4; ++j)
      for (int i = 1; i < 4; ++i) mask({i, j, k}) = 1;
  mask({2, 2, 2}) = 0;
  EXPECT_EQ(fill_holes(mask)({2, 2, 2}), 1);
  mask({2, 2, 1}) = 0;
  EXPECT_EQ(fill_holes(mask)({2, 2, 2}), 0);
}

}  // namespace
}  // namespace netpet::image
