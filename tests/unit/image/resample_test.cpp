#include "image/resample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace netpet::image {
namespace {

using space::Affine;
using space::Geometry;
using space::IndexIjk;
using space::PointLps;

Geometry grid(std::array<int, 3> size, space::Vec3 spacing, PointLps origin = {}) {
  Geometry geometry;
  geometry.size = size;
  geometry.spacing = spacing;
  geometry.origin = origin;
  return geometry;
}

template <class T>
Volume<T> random_volume(const Geometry& geometry, std::uint64_t seed) {
  base::Random random(seed);
  Volume<T> volume(geometry);
  for (auto& voxel : volume.voxels()) voxel = static_cast<T>(random.uniform(0, 1000));
  return volume;
}

/// A linear function of the place, which trilinear interpolation reproduces.
double ramp(PointLps p) {
  return 3 * p.x - 2 * p.y + 0.5 * p.z + 7;
}

PetVolume ramp_volume(const Geometry& geometry) {
  PetVolume volume(geometry);
  for (std::size_t n = 0; n < volume.voxels().size(); ++n)
    volume[n] = static_cast<float>(ramp(geometry.to_lps(geometry.index(n))));
  return volume;
}

/// The same voxels stored with the i and k axes reversed.
template <class T>
Volume<T> flipped(const Volume<T>& volume) {
  Geometry geometry = volume.geometry();
  geometry.origin = geometry.to_lps(IndexIjk{geometry.size[0] - 1, 0, geometry.size[2] - 1});
  for (int row = 0; row < 3; ++row) {
    geometry.direction(row, 0) *= -1;
    geometry.direction(row, 2) *= -1;
  }
  Volume<T> result(geometry);
  for (std::size_t n = 0; n < result.voxels().size(); ++n)
    result[n] = volume(volume.geometry().nearest(geometry.to_lps(geometry.index(n))));
  return result;
}

TEST(Resample, TheSameGridKeepsEveryVoxelExactly) {
  const Geometry geometry = grid({9, 8, 7}, {0.976562, 0.976562, 3.27}, {-250.3, -211.7, 1013.25});
  const auto pet = random_volume<float>(geometry, 1);
  EXPECT_EQ(resample_linear(pet, geometry, Affine{}, -1.0f, base::Run{}).voxels(), pet.voxels());
  const auto ct = random_volume<std::int16_t>(geometry, 2);
  EXPECT_EQ(resample_linear(ct, geometry, Affine{}, std::int16_t{-1024}, base::Run{}).voxels(), ct.voxels());
  const auto labels = random_volume<std::uint16_t>(geometry, 3);
  EXPECT_EQ(resample_nearest(labels, geometry, Affine{}, base::Run{}).voxels(), labels.voxels());
}

TEST(Resample, ARampStaysARampUnderRotationAndOtherSpacing) {
  const PetVolume source = ramp_volume(grid({40, 40, 40}, {2, 2.5, 3}, {-40, -50, -60}));
  const Geometry target = grid({15, 14, 13}, {1.7, 2.3, 2.9}, {-11, -12, -13});
  const Affine map = space::rigid({1, 2, 3}, {5, -7, 11}, {2, -3, 4});
  const PetVolume result = resample_linear(source, target, map, -1e6f, base::Run{});
  for (std::size_t n = 0; n < result.voxels().size(); ++n)
    ASSERT_NEAR(result[n], ramp(map(target.to_lps(target.index(n)))), 2e-3);  // float weights
}

TEST(Resample, APlaceOutsideEveryVoxelGetsTheOutsideValueAndABorderVoxelReachesToItsFace) {
  const PetVolume source(grid({2, 2, 2}, {10, 10, 10}), 5.0f);
  const Geometry target = grid({5, 1, 1}, {4.9, 1, 1}, {-5.1, 0, 0});  // −5.1, −0.2, 4.7, 9.6, 14.5
  EXPECT_THAT(resample_linear(source, target, Affine{}, -3.0f, base::Run{}).voxels(),
              testing::ElementsAre(-3.0f, 5.0f, 5.0f, 5.0f, 5.0f));
  const LabelMap labels(grid({2, 2, 2}, {10, 10, 10}), 4);
  EXPECT_THAT(resample_nearest(labels, target, Affine{}, base::Run{}).voxels(),
              testing::ElementsAre(0, 4, 4, 4, 4));
}

TEST(Resample, HounsfieldUnitsRoundToTheNearestAlsoBelowZero) {
  CtVolume source(grid({2, 1, 1}, {1, 1, 1}));
  source[0] = -1000;
  source[1] = -997;
  const Geometry target = grid({3, 1, 1}, {0.25, 1, 1}, {0.25, 0, 0});  // −999.25, −998.5, −997.75
  EXPECT_THAT(resample_linear(source, target, Affine{}, std::int16_t{0}, base::Run{}).voxels(),
              testing::ElementsAre(-999, -998, -998));
}

TEST(Resample, FlippedAxesAndThreadsChangeNothing) {
  const auto source = random_volume<float>(grid({31, 29, 23}, {2, 2, 3}, {5, 6, 7}), 9);
  const Geometry target = grid({20, 30, 25}, {2.2, 1.9, 2.1}, {0, 1, 2});
  const Affine map = space::rigid({30, 30, 30}, {3, 4, 5}, {1, 2, 3});
  const PetVolume plain = resample_linear(source, target, map, 0.0f, base::Run{});
  const base::Run threads(nullptr, {}, 4);
  EXPECT_EQ(resample_linear(source, target, map, 0.0f, threads).voxels(), plain.voxels());
  const PetVolume other = resample_linear(flipped(source), target, map, 0.0f, base::Run{});
  for (std::size_t n = 0; n < plain.voxels().size(); ++n) ASSERT_NEAR(other[n], plain[n], 0.02);
}

TEST(Resample, ATargetFarAwayIsAllOutside) {
  const auto source = random_volume<float>(grid({5, 5, 5}, {2, 2, 2}), 1);
  const Geometry target = grid({6, 6, 6}, {1, 1, 1}, {1e5, 0, 0});
  EXPECT_THAT(resample_linear(source, target, space::rigid({}, {1, 1, 1}, {}), -7.0f, base::Run{}).voxels(),
              testing::Each(-7.0f));
}

/// Σ value · voxel volume, in value · mL.
double total_uptake(const PetVolume& pet) {
  double sum = 0;
  for (const float value : pet.voxels()) sum += static_cast<double>(value);
  return sum * pet.geometry().voxel_volume_ml();
}

/// Spots as sharp as a PET shows them, σ 2.5 mm, 40 to 1.
PetVolume spots_volume(const Geometry& geometry) {
  PetVolume volume(geometry);
  for (std::size_t n = 0; n < volume.voxels().size(); ++n) {
    const PointLps p = geometry.to_lps(geometry.index(n));
    const auto spot = [&](PointLps middle, double height) {
      const double far = distance(p, middle);
      return height * std::exp(-far * far / (2 * 2.5 * 2.5));
    };
    volume[n] =
        static_cast<float>(spot({1, 2, 3}, 40) + spot({-20.3, 11.7, -14.1}, 1) + spot({17, -9.2, 21.6}, 8));
  }
  return volume;
}

TEST(ResampleLinear, ARigidTransformKeepsTheTotalUptakeBetweenTheGridsOfTwoScanners) {
  const Geometry coarse = grid({40, 40, 48}, {4.07, 4.07, 3}, {-80, -80, -72});
  const Geometry fine = grid({60, 60, 44}, {2.73, 2.73, 3.27}, {-82, -82, -72});
  const Affine motion = space::rigid({0, 0, 0}, {7, -4, 11}, {6.3, -4.8, 5.1});
  for (const auto& [from, to] :
       {std::pair{coarse, fine}, std::pair{fine, coarse}, std::pair{coarse, coarse}}) {
    const PetVolume source = spots_volume(from);
    const PetVolume moved = resample_linear(source, to, motion, 0.0F, {});
    EXPECT_NEAR(total_uptake(moved) / total_uptake(source), 1, 0.02);
  }
}

}  // namespace
}  // namespace netpet::image
