#include "lesions/outline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

#include "base/error.h"
#include "lesions/outline_flags.h"
#include "lesions/outline_threshold.h"
#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using record::Organ;
using record::Role;

constexpr space::PointLps kMiddle{92, 92, 92};

std::vector<Outline> outlined(const SyntheticScan& scan, Role role,
                              const record::References& references = {}) {
  const auto candidates = find_uptake(scan.suv, scan.organs, role, resources(), base::Run()).candidates;
  return outline_lesions(scan.suv, scan.organs, candidates, references, role, resources(), base::Run());
}

double millilitres(const Outline& outline, const SyntheticScan& scan) {
  return static_cast<double>(outline.region.size()) * scan.suv.geometry().voxel_volume_ml();
}

record::Reference reference(double mean, double sd) {
  record::Reference one;
  one.mean = mean, one.sd = sd;
  return one;
}

// At half of the uptake of a large sharp ball on nothing, the isocontour of its blurred image is its own
// surface.
TEST(Outline, AtHalfOfSuvmaxALargeBallHasItsOwnVolume) {
  const SyntheticScan scan = synthetic_scan(cube_grid(62, 3), 0.05f, {{kMiddle, 20, 20}}, 6, 0, 0, 0);
  const auto outlines = outlined(scan, Role::sstr);
  ASSERT_EQ(outlines.size(), 1u);
  const double own = 4.0 / 3 * std::numbers::pi * 8;
  EXPECT_NEAR(millilitres(outlines[0], scan), own, 0.1 * own);
  EXPECT_EQ(outlines[0].method, "50 % of SUVmax");
  EXPECT_FLOAT_EQ(outlines[0].threshold, 0.5f * outlines[0].suvmax);
}

TEST(Outline, TheVolumeOfABallDoesNotDependOnTheVoxelSize) {
  const auto volume_at = [](int n, double spacing) {
    const SyntheticScan scan =
        synthetic_scan(cube_grid(n, spacing), 0.05f, {{{60, 60, 60}, 15, 20}}, 6, 0, 0, 0);
    const auto outlines = outlined(scan, Role::fdg);
    return outlines.size() == 1 ? millilitres(outlines[0], scan) : 0.0;
  };
  // The ball is painted voxel by voxel: at 4 mm its own volume is off by up to a tenth.
  EXPECT_NEAR(volume_at(61, 2), volume_at(31, 4), 0.15 * volume_at(61, 2));
}

TEST(Outline, NeverReachesBelowItsBackgroundAndTwoSd) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 0.5f, {{kMiddle, 70, 6, Organ::liver}, {kMiddle, 14, 9}}, 6, 0, 0, 0);
  const auto outlines =
      outlined(scan, Role::sstr, {{"liver", reference(6, 0.6)}, {"blood_pool", reference(1.5, 0.1)}});
  ASSERT_EQ(outlines.size(), 1u);
  EXPECT_FLOAT_EQ(outlines[0].threshold, 7.2f);
  EXPECT_EQ(outlines[0].method, "background + 2 SD");
  for (const std::size_t voxel : outlines[0].region) EXPECT_GE(scan.suv[voxel], 7.2f);
}

// Of a background with noise, some voxels lie above its mean + 2 SD: where that is the edge, they are not
// hung on as strands.
TEST(Outline, AtTheEdgeOfNoiseALesionHasTheVolumeOfTheImageWithoutNoise) {
  const std::vector<Ball> balls{{kMiddle, 70, 6, Organ::liver}, {kMiddle, 16, 10}};
  const record::References references{{"liver", reference(6, 0.54)}, {"blood_pool", reference(1.5, 0.1)}};
  const SyntheticScan clean = synthetic_scan(cube_grid(47, 4), 0.5f, balls, 6, 0, 0, 0);
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    const SyntheticScan scan = synthetic_scan(cube_grid(47, 4), 0.5f, balls, 6, 0.09, 6, seed);
    const auto outlines = outlined(scan, Role::fdg, references);
    ASSERT_EQ(outlines.size(), 1u) << seed;
    ASSERT_EQ(outlines[0].method, "background + 2 SD");
    const auto own = std::count_if(clean.suv.voxels().begin(), clean.suv.voxels().end(),
                                   [&](float suv) { return suv >= outlines[0].threshold; });
    EXPECT_NEAR(double(outlines[0].region.size()) / double(own), 1, 0.15) << seed;
  }
}

TEST(Outline, TheSdOfABackgroundCountsAsFiveToFifteenPercent) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 0.5f, {{kMiddle, 70, 6, Organ::liver}, {kMiddle, 14, 9}}, 6, 0, 0, 0);
  EXPECT_FLOAT_EQ(outlined(scan, Role::sstr, {{"liver", reference(6, 0.01)}}).at(0).threshold, 6.6f);
  EXPECT_FLOAT_EQ(outlined(scan, Role::sstr, {{"liver", reference(6, 3)}}).at(0).threshold, 7.8f);
}

OutlineRules rules_by(const std::string& method) {
  OutlineRules rules = lesion_rules(resources(), Role::fdg).outline;
  for (const OutlineMethod& one : rules.methods)
    if (one.name == method) rules.method = one;
  EXPECT_EQ(rules.method.name, method);
  return rules;
}

std::vector<Outline> outlined_by(const std::string& method, const SyntheticScan& scan,
                                 const record::References& references) {
  const auto candidates = find_uptake(scan.suv, scan.organs, Role::fdg, resources(), base::Run()).candidates;
  return outline_lesions(scan.suv, scan.organs, candidates, references, rules_by(method), base::Run());
}

// A ball blurred to a known edge: each method's edge lies where its definition puts it.
TEST(Outline, EachNamedMethodHasTheEdgeOfItsDefinition) {
  const SyntheticScan scan = synthetic_scan(cube_grid(62, 3), 1, {{kMiddle, 20, 21}}, 6, 0, 0, 0);
  const record::References references{{"liver", reference(6, 0.5)}, {"blood_pool", reference(2, 0.25)}};
  const auto edge_of = [&](const std::string& method) {
    const auto outlines = outlined_by(method, scan, references);
    return outlines.size() == 1 ? outlines[0].threshold : 0;
  };
  EXPECT_FLOAT_EQ(edge_of("SUV 3"), 3);
  EXPECT_FLOAT_EQ(edge_of("SUV 4"), 4);
  EXPECT_FLOAT_EQ(edge_of("SUV 10"), 10);
  EXPECT_FLOAT_EQ(edge_of("liver mean + 2 SD"), 7);
  EXPECT_FLOAT_EQ(edge_of("1.5 liver mean + 2 SD"), 10);
  EXPECT_FLOAT_EQ(edge_of("2 blood pool mean + 2 SD"), 4.5f);
  EXPECT_NEAR(edge_of("41 % of SUVmax"), 0.41 * 21, 0.05);
  EXPECT_NEAR(edge_of("45 % of SUVmax"), 0.45 * 21, 0.05);
  EXPECT_NEAR(edge_of("50 % of SUVmax"), 0.5 * 21, 0.05);
  const Outline adaptive = outlined_by("half of the contrast", scan, references).at(0);
  EXPECT_FLOAT_EQ(adaptive.threshold, (adaptive.background + adaptive.suvmax) / 2);
  const double own = 4.0 / 3 * std::numbers::pi * 8;
  EXPECT_NEAR(millilitres(adaptive, scan), own, 0.05 * own);
}

// Without blur the top of a ball is the ball: Schaefer's and Nestle's lines have closed forms.
TEST(Outline, ByContrastTheEdgeIsThatOfThePublishedLine) {
  const auto edge_of = [](const std::string& method, double radius_mm) {
    const SyntheticScan scan = synthetic_scan(cube_grid(62, 3), 1, {{kMiddle, radius_mm, 21}}, 0, 0, 0, 0);
    const auto outlines = outlined_by(method, scan, {});
    EXPECT_EQ(outlines.size(), 1u);
    EXPECT_EQ(outlines.at(0).method, method);
    EXPECT_FLOAT_EQ(outlines.at(0).background, 1.55f);  // the table's blood pool: no organ map
    return outlines.at(0).threshold;
  };
  EXPECT_FLOAT_EQ(edge_of("contrast-oriented", 18), static_cast<float>(0.5 * 21 + 0.5 * 1.55));
  EXPECT_FLOAT_EQ(edge_of("contrast-oriented", 12), static_cast<float>(0.67 * 21 + 0.6 * 1.55));
  EXPECT_FLOAT_EQ(edge_of("15 % of the mean + background", 18), static_cast<float>(0.15 * 21 + 1.55));
  EXPECT_FLOAT_EQ(edge_of("15 % of the mean + background", 12), static_cast<float>(0.15 * 21 + 1.55));
}

// What Schaefer's line was made for: a blurred ball has its own volume whatever its contrast, and noise does
// not lower it as it does a share of the noisy maximum.
TEST(Outline, ByContrastABallHasItsOwnVolumeAtAnyContrast) {
  const double own = 4.0 / 3 * std::numbers::pi * 8;
  for (const float uptake : {5.0f, 10.0f, 30.0f})
    for (const std::uint64_t seed : {1, 2}) {
      const SyntheticScan scan =
          synthetic_scan(cube_grid(40, 4), 1.55f, {{{78, 78, 78}, 20, uptake}}, 6, 0.1, 6, seed);
      const auto outlines = outlined_by("contrast-oriented", scan, {});
      ASSERT_EQ(outlines.size(), 1u) << uptake;
      EXPECT_NEAR(millilitres(outlines[0], scan), own, 0.1 * own) << uptake << ' ' << seed;
    }
}

// The mean of the top is that of the 70 % isocontour around the hottest voxel; another hot spot in the same
// region is none of it.
TEST(Outline, TheMeanOfTheTopIsThatOfItsIsocontour) {
  SyntheticScan scan = synthetic_scan(cube_grid(20, 4), 0, {}, 0, 0, 0, 0);
  const std::vector<float> line{10, 8, 7, 6.99f, 9};
  Candidate candidate;
  candidate.hottest = {5, 5, 5};
  candidate.suvmax = 10;
  for (std::size_t n = 0; n < line.size(); ++n) {
    const std::size_t voxel = scan.suv.geometry().offset({5 + static_cast<int>(n), 5, 5});
    scan.suv[voxel] = line[n];
    candidate.region.push_back(voxel);
  }
  EXPECT_DOUBLE_EQ(mean_of_top(scan.suv, candidate, 0.7), (10 + 8 + 7) / 3.0);
  EXPECT_DOUBLE_EQ(mean_of_top(scan.suv, candidate, 1), 10);
}

// A lesion of the liver not much hotter than it: most definitions alone would take in the whole liver.
TEST(Outline, ByNoMethodHasAVoxelBelowBackgroundAndTwoSd) {
  const SyntheticScan scan = synthetic_scan(
      cube_grid(47, 4), 0.5f, {{kMiddle, 70, 6, Organ::liver}, {kMiddle, 14, 9.5f}}, 6, 0.03, 6, 4);
  const record::References references{{"liver", reference(6, 0.5)}, {"blood_pool", reference(1.5, 0.1)}};
  for (const OutlineMethod& method : lesion_rules(resources(), Role::fdg).outline.methods) {
    const auto outlines = outlined_by(method.name, scan, references);
    ASSERT_EQ(outlines.size(), 1u) << method.name;
    EXPECT_FLOAT_EQ(outlines[0].limit, 7) << method.name;
    for (const std::size_t voxel : outlines[0].region)
      EXPECT_TRUE(scan.suv[voxel] >= 7 || voxel == scan.suv.geometry().offset(outlines[0].hottest))
          << method.name;
  }
}

TEST(Outline, ByALiverThatWasNotMeasuredIsRefused) {
  const SyntheticScan scan = synthetic_scan(cube_grid(62, 3), 1, {{kMiddle, 20, 21}}, 6, 0, 0, 0);
  EXPECT_THROW(outlined_by("liver mean + 2 SD", scan, {}), base::Error);
}

// The slope of a blurred ball is steepest near its own surface, whatever its height above the background: the
// variance of the blur, divided by the radius, inside of it (here 0.7 mm of 16).
TEST(Outline, ByItsSteepestSlopeABallHasItsOwnVolumeAtAnyContrast) {
  const double own = 4.0 / 3 * std::numbers::pi * 1.6 * 1.6 * 1.6;
  for (const float uptake : {4.0f, 8.0f, 30.0f}) {
    const SyntheticScan scan = synthetic_scan(cube_grid(62, 3), 1, {{kMiddle, 16, uptake}}, 6, 0.05, 6, 2);
    const auto outlines = outlined_by("gradient watershed", scan, {});
    ASSERT_EQ(outlines.size(), 1u) << uptake;
    EXPECT_NEAR(millilitres(outlines[0], scan), 0.88 * own, 0.03 * own) << uptake;
    EXPECT_EQ(outlines[0].method, "gradient watershed");
  }
}

SyntheticScan mirrored(const SyntheticScan& scan) {
  SyntheticScan other = scan;
  const space::Geometry& grid = scan.suv.geometry();
  for (std::size_t voxel = 0; voxel < scan.suv.voxels().size(); ++voxel) {
    const space::IndexIjk at = grid.index(voxel);
    other.suv({grid.size[0] - 1 - at.i, at.j, at.k}) = scan.suv[voxel];
  }
  return other;
}

// In noise the hottest voxel is a maximum among many, each with slopes around it: they must not cut it off.
// The volume is that of the noise-free ball, whichever way the axes run.
TEST(Outline, ByItsSteepestSlopeANoisyBallHasItsOwnVolumeWhicheverWayTheAxesRun) {
  const double own = 4.0 / 3 * std::numbers::pi * 8;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    const SyntheticScan scan = synthetic_scan(cube_grid(40, 4), 1, {{{78, 78, 78}, 20, 6}}, 6, 0.2, 6, seed);
    const auto outlines = outlined_by("gradient watershed", scan, {});
    ASSERT_EQ(outlines.size(), 1u) << seed;
    EXPECT_NEAR(millilitres(outlines[0], scan), 0.88 * own, 0.12 * own) << seed;
    const auto turned = outlined_by("gradient watershed", mirrored(scan), {});
    ASSERT_EQ(turned.size(), 1u) << seed;
    EXPECT_EQ(turned[0].region.size(), outlines[0].region.size()) << seed;
  }
}

TEST(Outline, ByItsSteepestSlopeALesionKeepsOutOfAHotOrganBesideIt) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 1,
                     {{{60, 92, 92}, 30, 12, Organ::kidney_right}, {{110, 92, 92}, 10, 15}}, 7, 0.05, 6, 2);
  const auto candidates = find_uptake(scan.suv, scan.organs, Role::sstr, resources(), base::Run()).candidates;
  OutlineRules rules = lesion_rules(resources(), Role::sstr).outline;
  rules.method = *std::find_if(rules.methods.begin(), rules.methods.end(),
                               [](const OutlineMethod& one) { return one.name == "gradient watershed"; });
  const auto outlines = outline_lesions(scan.suv, scan.organs, candidates, {}, rules, base::Run());
  ASSERT_EQ(outlines.size(), 1u);
  EXPECT_LT(millilitres(outlines[0], scan), 1.25 * 4.0 / 3 * std::numbers::pi);
  for (const std::size_t voxel : outlines[0].region)
    EXPECT_NE(scan.organs[voxel], record::id_of(Organ::kidney_right));
}

// A necrotic mass takes up in its shell alone: one lesion, and a volume of what takes up.
TEST(Outline, AMassWithAPhotopenicCoreIsOneLesionAroundItsCore) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(62, 3), 1, {{kMiddle, 26, 14}, {kMiddle, 13, 0.5f}}, 6, 0.06, 6, 3);
  const auto outlines = outlined(scan, Role::fdg);
  ASSERT_EQ(outlines.size(), 1u);
  const double shell = 4.0 / 3 * std::numbers::pi * (2.6 * 2.6 * 2.6 - 1.3 * 1.3 * 1.3);
  EXPECT_NEAR(millilitres(outlines[0], scan), shell, 0.15 * shell);
  EXPECT_FALSE(std::binary_search(outlines[0].region.begin(), outlines[0].region.end(),
                                  scan.suv.geometry().offset(scan.suv.geometry().nearest(kMiddle))));
  const OutlineFlagRules rules = lesion_rules(resources(), Role::fdg).outline_flags;
  EXPECT_THAT(outline_flags(outlines[0].region, {}, scan.suv.geometry(), rules),
              testing::ElementsAre("photopenic_core"));
  // Where a lesion of its own fills it, it is no core.
  const auto middle = scan.suv.geometry().offset(scan.suv.geometry().nearest(kMiddle));
  EXPECT_THAT(outline_flags(outlines[0].region, {middle}, scan.suv.geometry(), rules), testing::IsEmpty());
}

TEST(Outline, NarrowerThanThreeWidthsOfThePointSpreadIsFlagged) {
  const space::Geometry grid = cube_grid(30, 2);
  const OutlineFlagRules rules = lesion_rules(resources(), Role::fdg).outline_flags;
  const auto cube = [&](int side) {
    image::Region region;
    for (int k = 0; k < side; ++k)
      for (int j = 0; j < side; ++j)
        for (int i = 0; i < side; ++i) region.push_back(grid.offset({i, j, k}));
    return region;
  };
  // A ball of 18 mm has 3.05 mL: 382 voxels of 2 mm.
  EXPECT_THAT(outline_flags(cube(7), {}, grid, rules), testing::ElementsAre("partial_volume"));
  EXPECT_THAT(outline_flags(cube(8), {}, grid, rules), testing::IsEmpty());
}

TEST(Outline, TwoLesionsThatTouchShareNoVoxel) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 1, {{{76, 92, 92}, 12, 20}, {{108, 92, 92}, 12, 26}}, 8, 0.03, 6, 1);
  const auto outlines = outlined(scan, Role::fdg);
  ASSERT_EQ(outlines.size(), 2u);
  image::Region shared;
  std::set_intersection(outlines[0].region.begin(), outlines[0].region.end(), outlines[1].region.begin(),
                        outlines[1].region.end(), std::back_inserter(shared));
  EXPECT_TRUE(shared.empty());
  for (const Outline& one : outlines)
    EXPECT_TRUE(
        std::binary_search(one.region.begin(), one.region.end(), scan.suv.geometry().offset(one.hottest)));
}

TEST(Outline, DoesNotLeakIntoAHotOrganBesideIt) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(47, 4), 1,
                     {{{60, 92, 92}, 30, 12, Organ::kidney_right}, {{110, 92, 92}, 10, 15}}, 7, 0.05, 6, 2);
  const auto outlines = outlined(scan, Role::sstr);
  ASSERT_EQ(outlines.size(), 1u);
  for (const std::size_t voxel : outlines[0].region)
    EXPECT_NE(scan.organs[voxel], record::id_of(Organ::kidney_right));
}

// What FDG shows in health beside a lesion: urine by far hotter than it, brain and heart about as hot. The
// gap is little more than the point spread; what spills into it is no part of the lesion.
TEST(Outline, OnFdgALesionHasItsOwnVolumeBesideAHotOrgan) {
  const Ball lesion{{106, 92, 92}, 10, 11};
  const auto volumes = [&](const std::vector<Ball>& balls) {
    const SyntheticScan scan = synthetic_scan(cube_grid(47, 4), 1, balls, 6, 0.05, 6, 2);
    const auto found = find_uptake(scan.suv, scan.organs, Role::fdg, resources(), base::Run()).candidates;
    const record::References none;
    const Outliner outliner(scan.suv, scan.organs, found, none);
    std::vector<double> by_method;
    for (const std::string method : {"41 % of SUVmax", "SUV 4", "contrast-oriented", "gradient watershed"}) {
      const auto outlines = outliner.by(rules_by(method));
      EXPECT_EQ(outlines.size(), 1u) << method;
      by_method.push_back(millilitres(outlines.at(0), scan));
      for (const std::size_t voxel : outlines[0].region) EXPECT_EQ(scan.organs[voxel], 0) << method;
    }
    return by_method;
  };
  const std::vector<double> alone = volumes({lesion});
  const auto is_near = [](double tolerance) {
    return testing::Truly([tolerance](const std::tuple<double, double>& pair) {
      return std::abs(std::get<0>(pair) - std::get<1>(pair)) <= tolerance * std::get<1>(pair);
    });
  };
  for (const auto& [organ, suv] : {std::pair{Organ::bladder, 40.0f}, std::pair{Organ::kidney_left, 14.0f},
                                   std::pair{Organ::brain, 10.0f}, std::pair{Organ::heart, 10.0f}})
    EXPECT_THAT(volumes({{{60, 92, 92}, 30, suv, organ}, lesion}), testing::Pointwise(is_near(0.05), alone))
        << suv;
}

TEST(Outline, OfASuppliedRegionIsThatRegion) {
  const SyntheticScan scan = synthetic_scan(cube_grid(20, 4), 1, {{{40, 40, 40}, 10, 9}}, 0, 0, 0, 0);
  const image::Region region{scan.suv.geometry().offset({10, 10, 10}),
                             scan.suv.geometry().offset({10, 10, 11})};
  const auto outlines = outlines_of_regions(scan.suv, scan.organs, {region});
  ASSERT_EQ(outlines.size(), 1u);
  EXPECT_EQ(outlines[0].region, region);
  EXPECT_EQ(outlines[0].method, kSuppliedMask);
  EXPECT_FLOAT_EQ(outlines[0].suvmax, 9);
}

}  // namespace
}  // namespace netpet::lesions
