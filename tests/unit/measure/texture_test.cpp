#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "measure/quantity.h"

namespace netpet::measure {
namespace {

space::Geometry grid_of(std::array<int, 3> size, space::Vec3 spacing = {2, 2, 2}) {
  space::Geometry grid;
  grid.size = size;
  grid.spacing = spacing;
  return grid;
}

image::Region all_of(const image::PetVolume& image) {
  image::Region region;
  for (std::size_t at = 0; at < image.voxels().size(); ++at) region.push_back(at);
  return region;
}

base::Computed<double> value_of(const Measured& m, const std::string& id,
                                Aggregation aggregation = Aggregation::none) {
  for (const Quantity& one : all_quantities())
    if (one.id == id && one.aggregation == aggregation) return one.measure(m);
  ADD_FAILURE() << id;
  return {};
}

/// A blob of noise in a box, some voxels left out.
struct Noise {
  image::PetVolume image;
  image::Region region;
};

Noise noise(std::array<int, 3> size) {
  base::Random random(7);
  Noise one{image::PetVolume(grid_of(size, {2, 3, 4})), {}};
  for (std::size_t at = 0; at < one.image.voxels().size(); ++at) {
    one.image[at] = static_cast<float>(5 + random.normal());
    if (random.uniform() < 0.8) one.region.push_back(at);
  }
  return one;
}

TEST(Texture, OfARegionOfOneValueIsDefinedOrNamed) {
  const image::PetVolume image(grid_of({4, 4, 4}), 3.5f);
  const image::Region region = all_of(image);
  const Measured m(image, region);
  for (const Quantity& one : all_quantities()) {
    const base::Computed<double> value = one.measure(m);
    if (value.has_value())
      EXPECT_TRUE(std::isfinite(value.value())) << one.name;
    else
      EXPECT_FALSE(value.reason().empty()) << one.name;
  }
  EXPECT_EQ(value_of(m, "ECT3").value(), 0);
  EXPECT_EQ(value_of(m, "KE2A").reason(), "all voxels have one value");
  EXPECT_EQ(value_of(m, "TU9B", Aggregation::volume_merged).value(), 0);
  EXPECT_EQ(value_of(m, "NI2N", Aggregation::volume_merged).reason(), "all neighbours have one grey level");
  EXPECT_EQ(value_of(m, "QCDE", Aggregation::volume).value(), 1e6);
}

TEST(Texture, OfOneVoxelIsDefinedOrNamed) {
  const image::PetVolume image(grid_of({5, 5, 5}), 3.5f);
  const image::Region region{62};
  const Measured m(image, region);
  for (const Quantity& one : all_quantities()) {
    const base::Computed<double> value = one.measure(m);
    if (value.has_value())
      EXPECT_TRUE(std::isfinite(value.value())) << one.name;
    else
      EXPECT_FALSE(value.reason().empty()) << one.name;
  }
  EXPECT_EQ(value_of(m, "TU9B", Aggregation::volume_merged).reason(),
            "no two voxels of the region are neighbours");
  EXPECT_EQ(value_of(m, "5QRC", Aggregation::volume).value(), 1);
  EXPECT_NEAR(value_of(m, "RNU0").value(), 8e-3 / 6, 1e-12);  // an octahedron in a voxel of 8 mm³
}

TEST(Texture, DoesNotDependOnTheDirectionOfAnAxis) {
  const Noise one = noise({9, 8, 7});
  for (int axis = 0; axis < 3; ++axis) {
    Noise turned{image::PetVolume(one.image.geometry()), {}};
    const auto mirrored = [&](std::size_t at) {
      space::IndexIjk index = one.image.geometry().index(at);
      int& along = axis == 0 ? index.i : axis == 1 ? index.j : index.k;
      along = one.image.geometry().size[static_cast<std::size_t>(axis)] - 1 - along;
      return one.image.geometry().offset(index);
    };
    for (std::size_t at = 0; at < one.image.voxels().size(); ++at) turned.image[mirrored(at)] = one.image[at];
    for (const std::size_t at : one.region) turned.region.push_back(mirrored(at));
    std::sort(turned.region.begin(), turned.region.end());
    const Measured a(one.image, one.region), b(turned.image, turned.region);
    for (const Quantity& quantity : all_quantities()) {
      const double before = quantity.measure(a).value(), after = quantity.measure(b).value();
      EXPECT_NEAR(after, before, 1e-9 * (1 + std::abs(before)))
          << quantity.name << " " << label_of(quantity.aggregation) << " axis " << axis;
    }
  }
}

// Runs of 1 along i, of 4 along j in a stack of stripes.
TEST(Texture, RunsOfStripesAreAsLongAsTheStripes) {
  image::PetVolume image(grid_of({4, 4, 1}));
  for (std::size_t at = 0; at < 16; ++at) image[at] = at % 2 == 0 ? 1 : 2;
  const image::Region region = all_of(image);
  const Measured m(image, region);
  const std::vector<LevelMatrix>& runs = m.runs(Aggregation::slices_averaged);
  ASSERT_EQ(runs.size(), 4u);
  ASSERT_EQ(runs[0].entries.size(), 2u);
  EXPECT_EQ(runs[0].entries[0].other, 1);
  EXPECT_EQ(runs[0].entries[0].count, 8);
  EXPECT_EQ(runs[1].entries[0].other, 4);
  EXPECT_EQ(runs[1].entries[0].count, 2);
}

TEST(Texture, AZoneInTheMiddleLiesFartherFromTheBorder) {
  image::PetVolume image(grid_of({5, 5, 5}), 1);
  image({2, 2, 2}) = 2;
  const image::Region region = all_of(image);
  const Measured m(image, region);
  const LevelMatrix& distances = m.zones(Aggregation::volume).front().distances;
  ASSERT_EQ(distances.entries.size(), 2u);
  EXPECT_EQ(distances.entries[0].other, 1);
  EXPECT_EQ(distances.entries[1].other, 3);
}

TEST(Discretise, AFixedNumberOfBinsHoldsTheHighestValueInTheLast) {
  image::PetVolume image(grid_of({5, 1, 1}), std::vector<float>{0, 0.25f, 0.5f, 0.75f, 1});
  Discretisation how;
  how.method = Discretisation::Method::fixed_bin_number;
  how.bins = 4;
  EXPECT_EQ(discretise(image, all_of(image), how).of_voxel, (std::vector<std::int32_t>{1, 2, 3, 4, 4}));
}

TEST(Discretise, RefusesWhatIsNoGreyLevel) {
  const image::PetVolume image(grid_of({2, 1, 1}), std::vector<float>{0.5f, 1});
  Discretisation how;
  how.method = Discretisation::Method::none;
  EXPECT_THROW(discretise(image, all_of(image), how), base::Error);
  how.method = Discretisation::Method::fixed_bin_size;
  how.width = 1;
  how.origin = 0.75;
  EXPECT_THROW(discretise(image, all_of(image), how), base::Error);
  how.origin = 0;
  how.width = 1e-6;
  EXPECT_THROW(discretise(image, all_of(image), how), base::Error);
}

}  // namespace
}  // namespace netpet::measure
