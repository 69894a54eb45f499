#include "image/sphere.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/random.h"

namespace netpet::image {
namespace {

PetVolume noise(std::array<int, 3> size, space::Vec3 spacing) {
  space::Geometry grid;
  grid.size = size;
  grid.spacing = spacing;
  PetVolume volume(grid);
  base::Random random(7);
  for (float& voxel : volume.voxels()) voxel = static_cast<float>(random.uniform());
  return volume;
}

TEST(Sphere, ItsRadiusHoldsOneMillilitre) {
  EXPECT_NEAR(4.0 / 3 * std::numbers::pi * std::pow(kOneMlRadiusMm, 3), 1000, 1e-9);
}

TEST(Sphere, HoldsTheVoxelsWhoseCentresLieWithinTheRadius) {
  space::Geometry grid;
  grid.spacing = {2, 3, 4};
  std::size_t inside = 0;
  for (int k = -5; k <= 5; ++k)
    for (int j = -5; j <= 5; ++j)
      for (int i = -5; i <= 5; ++i)
        inside += 4 * i * i + 9 * j * j + 16 * k * k <= kOneMlRadiusMm * kOneMlRadiusMm;
  EXPECT_EQ(sphere_on(grid, kOneMlRadiusMm).voxels, inside);
}

TEST(Sphere, OnCoarseVoxelsIsTheCentreAlone) {
  space::Geometry grid;
  grid.spacing = {7, 7, 7};
  EXPECT_EQ(sphere_on(grid, kOneMlRadiusMm).voxels, 1u);
}

TEST(SphereMeans, EqualTheMeanAtEachVoxelAlsoAtTheBorder) {
  const PetVolume volume = noise({9, 8, 7}, {2, 3, 4});
  const Sphere sphere = sphere_on(volume.geometry(), kOneMlRadiusMm);
  const PetVolume means = sphere_means(volume, sphere, base::Run());
  for (std::size_t at = 0; at < volume.voxels().size(); ++at)
    EXPECT_NEAR(means[at], sphere_mean(volume, sphere, volume.geometry().index(at)), 1e-6);
}

TEST(SphereMeans, OfAConstantImageAreThatConstantUpToTheBorder) {
  PetVolume volume = noise({6, 6, 6}, {3, 3, 3});
  for (float& voxel : volume.voxels()) voxel = 2.5f;
  const PetVolume means = sphere_means(volume, sphere_on(volume.geometry(), 6.2), base::Run());
  for (const float one : means.voxels()) EXPECT_FLOAT_EQ(one, 2.5f);
}

TEST(SphereMeans, DoNotDependOnTheNumberOfThreads) {
  const PetVolume volume = noise({30, 29, 28}, {2, 2, 3});
  const Sphere sphere = sphere_on(volume.geometry(), kOneMlRadiusMm);
  EXPECT_EQ(sphere_means(volume, sphere, base::Run()).voxels(),
            sphere_means(volume, sphere, base::Run(nullptr, std::stop_token(), 3)).voxels());
}

}  // namespace
}  // namespace netpet::image
