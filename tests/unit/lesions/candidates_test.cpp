#include "lesions/candidates.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "lesions/host_tissue.h"
#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using record::Organ;
using record::Role;

std::vector<Candidate> found(const SyntheticScan& scan, Role role) {
  return find_uptake(scan.suv, scan.organs, role, resources(), base::Run()).candidates;
}

constexpr space::PointLps kMiddle{92, 92, 92};
/// A ball of 71 mm radius holds 1.5 L.
const Ball kLiver{kMiddle, 71, 6, Organ::liver};

TEST(Candidates, NoiseAloneIsNoCandidateInAWholeLiver) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const SyntheticScan scan = synthetic_scan(cube_grid(47, 4), 0.5f, {kLiver}, 6, 0.10, 6, seed);
    EXPECT_TRUE(found(scan, Role::sstr).empty()) << seed;
  }
}

TEST(Candidates, NoiseThatSpansManyVoxelsIsNoCandidateEither) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const SyntheticScan scan =
        synthetic_scan(cube_grid(47, 4), 0.3f, {{kMiddle, 71, 2.2f, Organ::liver}}, 6, 0.12, 9, seed);
    EXPECT_TRUE(found(scan, Role::fdg).empty()) << seed;
  }
}

TEST(Candidates, ALesionOfOneMillilitreInTheLiverIsFound) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const SyntheticScan scan =
        synthetic_scan(cube_grid(47, 4), 0.5f, {kLiver, {{70, 80, 100}, 6.2, 25}}, 6, 0.10, 6, seed);
    const auto candidates = found(scan, Role::sstr);
    ASSERT_EQ(candidates.size(), 1u) << seed;
    EXPECT_LT(space::distance(scan.suv.geometry().to_lps(candidates[0].hottest), {70, 80, 100}), 6);
    EXPECT_EQ(candidates[0].organ, record::id_of(Organ::liver));
    EXPECT_NEAR(candidates[0].background, 6, 0.3);
  }
}

TEST(Candidates, TheLevelOfALiverFullOfMetastasesIsThatOfItsNormalTissue) {
  std::vector<Ball> balls{kLiver};
  for (int n = 0; n < 6; ++n) {
    const double angle = n * 1.0472;
    balls.push_back(
        {{92 + 40 * std::cos(angle), 92 + 40 * std::sin(angle), 92}, 19, 20.0f + 2 * static_cast<float>(n)});
  }
  const SyntheticScan scan = synthetic_scan(cube_grid(47, 4), 0.5f, balls, 6, 0.08, 6, 1);
  const auto candidates = found(scan, Role::sstr);
  EXPECT_EQ(candidates.size(), 6u);
  for (const Candidate& one : candidates) EXPECT_NEAR(one.background, 6, 0.4);
}

TEST(Candidates, SpillFromAHotKidneyIsNoneAndALesionBesideItIs) {
  const Ball kidney{{60, 92, 92}, 30, 12, Organ::kidney_right};
  EXPECT_TRUE(found(synthetic_scan(cube_grid(47, 4), 1, {kidney}, 7, 0.1, 6, 2), Role::sstr).empty());
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 1, {kidney, {{118, 92, 92}, 10, 15}}, 7, 0.1, 6, 2);
  const auto candidates = found(scan, Role::sstr);
  ASSERT_EQ(candidates.size(), 1u);
  EXPECT_LT(space::distance(scan.suv.geometry().to_lps(candidates[0].hottest), {118, 92, 92}), 8);
}

TEST(Candidates, TwoLesionsWithAValleyBetweenThemAreTwoAndOneNoisyLesionIsOne) {
  const auto pair_at = [](double gap_mm) {
    return synthetic_scan(cube_grid(47, 4), 1,
                          {kLiver, {{92 - gap_mm / 2, 92, 92}, 9, 30}, {{92 + gap_mm / 2, 92, 92}, 9, 30}}, 6,
                          0.05, 6, 3);
  };
  EXPECT_EQ(found(pair_at(32), Role::sstr).size(), 2u);
  EXPECT_EQ(found(pair_at(14), Role::sstr).size(), 1u);
  for (std::uint64_t seed = 0; seed < 5; ++seed)
    EXPECT_EQ(
        found(synthetic_scan(cube_grid(47, 4), 1, {kLiver, {kMiddle, 30, 20}}, 6, 0.12, 6, seed), Role::sstr)
            .size(),
        1u);
}

TEST(Candidates, ADisplacedOrganEdgeOnFdgIsNoLesionInTheNeighbour) {
  SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 0.5f, {{kMiddle, 50, 2.2f, Organ::liver}}, 6, 0.1, 6, 4);
  // The map's liver lies 8 mm too low: its dome is labelled lung.
  for (std::size_t at = 0; at < scan.organs.voxels().size(); ++at) {
    const space::PointLps point = scan.organs.geometry().to_lps(scan.organs.geometry().index(at));
    scan.organs[at] =
        record::id_of(space::distance(point, {92, 92, 84}) < 50 ? Organ::liver : Organ::lung_right);
  }
  EXPECT_TRUE(found(scan, Role::fdg).empty());
}

TEST(Candidates, AFaintLesionIsFoundAndMarked) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 1, {kLiver, {kMiddle, 14, 8.4f}}, 6, 0.05, 6, 5);
  const auto candidates = found(scan, Role::sstr);
  ASSERT_EQ(candidates.size(), 1u);
  EXPECT_TRUE(candidates[0].faint);
}

TEST(Candidates, AFocusOfAQuarterMillilitreIsFoundThoughTheMeansBlurItOut) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(61, 3), 0.6f, {{{90, 90, 90}, 3.9, 9}}, 5.5, 0.1, 6, 11);
  const auto candidates = found(scan, Role::fdg);
  ASSERT_EQ(candidates.size(), 1u);
  EXPECT_LT(candidates[0].peak, 1.5 * 1.55);
}

TEST(Candidates, AreTheSameForAnyNumberOfThreads) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 1, {kLiver, {{70, 80, 100}, 9, 25}}, 6, 0.1, 6, 6);
  const auto one = found(scan, Role::sstr);
  const auto four =
      find_uptake(scan.suv, scan.organs, Role::sstr, resources(), base::Run(nullptr, std::stop_token(), 4))
          .candidates;
  ASSERT_EQ(one.size(), four.size());
  EXPECT_EQ(one[0].region, four[0].region);
}

TEST(Candidates, LieAtTheSamePlaceOnAFlippedGrid) {
  const space::Geometry grid = cube_grid(47, 4);
  const SyntheticScan scan = synthetic_scan(grid, 1, {kLiver, {{70, 80, 100}, 9, 25}}, 6, 0.1, 6, 7);
  space::Geometry flipped_grid = grid;
  flipped_grid.direction = {{1, 0, 0, 0, -1, 0, 0, 0, 1}};
  flipped_grid.origin = grid.to_lps(space::IndexIjk{0, grid.size[1] - 1, 0});
  SyntheticScan flipped{image::PetVolume(flipped_grid), image::LabelMap(flipped_grid)};
  for (std::size_t at = 0; at < scan.suv.voxels().size(); ++at) {
    space::IndexIjk index = grid.index(at);
    index.j = grid.size[1] - 1 - index.j;
    flipped.suv(index) = scan.suv[at];
    flipped.organs(index) = scan.organs[at];
  }
  const auto a = found(scan, Role::sstr), b = found(flipped, Role::sstr);
  ASSERT_EQ(a.size(), 1u);
  ASSERT_EQ(b.size(), 1u);
  EXPECT_EQ(a[0].region.size(), b[0].region.size());
  EXPECT_LT(space::distance(grid.to_lps(a[0].hottest), flipped_grid.to_lps(b[0].hottest)), 1e-9);
}

TEST(Candidates, AnImageOfNothingHasNone) {
  const space::Geometry grid = cube_grid(10, 4);
  EXPECT_TRUE(find_uptake(image::PetVolume(grid), image::LabelMap(grid), Role::sstr, resources(), base::Run())
                  .candidates.empty());
}

TEST(Candidates, WithoutAnOrganMapStandOutAboveTheBloodPool) {
  SyntheticScan scan = synthetic_scan(cube_grid(30, 4), 1, {{{60, 60, 60}, 12, 10}}, 6, 0.1, 6, 8);
  EXPECT_EQ(found(scan, Role::sstr).size(), 1u);
}

TEST(RobustLevel, OfAPureNormalDistributionIsItsMeanAndSd) {
  base::Random random(9);
  std::vector<float> values;
  for (int n = 0; n < 20000; ++n) values.push_back(static_cast<float>(6 + 0.4 * random.normal()));
  const Level level = robust_level(values);
  EXPECT_NEAR(level.mean, 6, 0.02);
  EXPECT_NEAR(level.sd, 0.4, 0.02);
}

TEST(RobustLevel, IsNotMovedByAThirdOfMetastases) {
  base::Random random(10);
  std::vector<float> values;
  for (int n = 0; n < 20000; ++n)
    values.push_back(static_cast<float>(n % 3 == 0 ? random.uniform(8, 40) : 6 + 0.4 * random.normal()));
  const Level level = robust_level(values);
  EXPECT_NEAR(level.mean, 6, 0.05);
  EXPECT_NEAR(level.sd, 0.4, 0.06);
}

TEST(RobustLevel, OfOneValueIsThatValue) {
  EXPECT_EQ(robust_level({3.0f}).mean, 3);
}

}  // namespace
}  // namespace netpet::lesions
