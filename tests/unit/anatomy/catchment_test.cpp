#include "anatomy/catchment.h"

#include <gtest/gtest.h>

namespace netpet::anatomy {
namespace {

/// A row of voxels as an image.
Catchment catchment_of_row(const std::vector<float>& suv, float least_rise) {
  space::Geometry grid;
  grid.size = {static_cast<int>(suv.size()), 1, 1};
  return catchment_of(image::PetVolume(grid, suv), image::Mask(grid, 1), least_rise);
}

TEST(Catchment, TwoTopsAreTwoWhereTheLowerOneRisesEnoughAboveThePass) {
  const Catchment all = catchment_of_row({2, 10, 4, 8, 3}, 0.4F);
  EXPECT_EQ(all.basins.voxels(), (std::vector<std::uint32_t>{1, 1, 1, 2, 2}));
  EXPECT_EQ(all.tops, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(all.passes, (std::vector<float>{4, 4}));
}

TEST(Catchment, AndOneWhereItDoesNot) {
  const Catchment all = catchment_of_row({2, 10, 4, 8, 3}, 0.6F);
  EXPECT_EQ(all.basins.voxels(), (std::vector<std::uint32_t>{1, 1, 1, 1, 1}));
  EXPECT_EQ(all.passes[0], 0);
}

TEST(Catchment, WhatIsOutsideTheTissuePartsBasins) {
  space::Geometry grid;
  grid.size = {5, 1, 1};
  const Catchment all = catchment_of(image::PetVolume(grid, {2, 10, 9, 8, 3}),
                                     image::Mask(grid, std::vector<std::uint8_t>{1, 1, 0, 1, 1}), 0.1F);
  EXPECT_EQ(all.basins.voxels(), (std::vector<std::uint32_t>{1, 1, 0, 2, 2}));
  EXPECT_EQ(all.passes, (std::vector<float>{0, 0}));
}

}  // namespace
}  // namespace netpet::anatomy
