#include "measure/quantity.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/error.h"
#include "ibsi_digital_phantom.h"

namespace netpet::measure {
namespace {

double measured(const Quantity& quantity) {
  const DigitalPhantom phantom = digital_phantom();
  return quantity.measure(Measured(phantom.image, phantom.region)).value();
}

// Reference values: IBSI 1, table of the digital phantom, as rounded there.
TEST(Quantity, HoldsTheIbsiDigitalPhantomsReferenceValues) {
  EXPECT_NEAR(measured(peak_local()), 2.6, 0.05);
  EXPECT_NEAR(measured(peak_global()), 3.1, 0.05);
  EXPECT_NEAR(measured(mean()), 2.15, 0.005);
  EXPECT_EQ(measured(maximum()), 6);
  EXPECT_NEAR(measured(longest_diameter()), 13.1, 0.1);
  EXPECT_NEAR(measured(volume()), 0.592, 1e-12);
}

TEST(Quantity, TotalUptakeIsVolumeTimesMean) {
  EXPECT_NEAR(measured(total_uptake()), measured(volume()) * measured(mean()), 1e-12);
}

TEST(Quantity, NothingCanBeMeasuredInAnEmptyRegion) {
  const DigitalPhantom phantom = digital_phantom();
  const image::Region empty;
  for (const Quantity& one : all_quantities()) {
    const base::Computed<double> value = one.measure(Measured(phantom.image, empty));
    EXPECT_FALSE(value.has_value()) << one.id;
    EXPECT_EQ(value.reason(), "empty region") << one.id;
  }
}

TEST(Quantity, ASingleVoxelHasItsOwnValueVolumeAndLongestEdge) {
  space::Geometry grid;
  grid.size = {9, 9, 9};
  grid.spacing = {8, 7, 9};
  image::PetVolume image(grid, 1);
  image({4, 4, 4}) = 5;
  const image::Region region{grid.offset({4, 4, 4})};
  const Measured one(image, region);
  EXPECT_EQ(maximum().measure(one).value(), 5);
  EXPECT_EQ(peak_global().measure(one).value(), 5);
  EXPECT_NEAR(volume().measure(one).value(), 0.504, 1e-12);
  EXPECT_EQ(longest_diameter().measure(one).value(), 9);
  EXPECT_EQ(longest_axial_diameter().measure(one).value(), 8);
}

TEST(Quantity, TheDiameterOfABallIsItsOwnToWithinAVoxel) {
  space::Geometry grid;
  grid.size = {40, 40, 40};
  grid.spacing = {2, 2, 2};
  image::PetVolume image(grid);
  image::Region ball;
  for (std::size_t at = 0; at < image.voxels().size(); ++at)
    if (space::distance(grid.to_lps(grid.index(at)), {40, 40, 40}) <= 25) ball.push_back(at);
  EXPECT_NEAR(longest_diameter().measure(Measured(image, ball)).value(), 50, 2);
  EXPECT_NEAR(longest_axial_diameter().measure(Measured(image, ball)).value(), 50, 2);
}

TEST(Registry, RefusesAnEntryWithoutADefinition) {
  Quantity undocumented = maximum();
  undocumented.definition.clear();
  EXPECT_THROW(checked({undocumented}), base::Error);
}

TEST(Registry, RefusesTwoEntriesWithOneId) {
  EXPECT_THROW(checked({maximum(), maximum()}), base::Error);
}

TEST(Registry, EveryQuantityStandsInTheDocumentation) {
  std::ifstream file(std::string(NETPET_TEST_DATA) + "/../docs/quantities.md");
  ASSERT_TRUE(file);
  std::stringstream text;
  text << file.rdbuf();
  for (const Quantity& one : all_quantities())
    EXPECT_NE(text.str().find("| " + one.id + " |"), std::string::npos) << one.id;
}

}  // namespace
}  // namespace netpet::measure
