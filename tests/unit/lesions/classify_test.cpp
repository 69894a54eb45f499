#include "lesions/classify.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "lesions/rules.h"
#include "synthetic_scan.h"

namespace netpet::lesions {
namespace {

using record::LesionStatus;
using record::Organ;
using record::Role;

Outline outline_at(const SyntheticScan& scan, space::PointLps centre, double radius) {
  Outline outline;
  const space::Geometry& grid = scan.suv.geometry();
  for (std::size_t at = 0; at < scan.suv.voxels().size(); ++at)
    if (space::distance(grid.to_lps(grid.index(at)), centre) <= radius) outline.region.push_back(at);
  outline.hottest = grid.nearest(centre);
  outline.suvmax = scan.suv(outline.hottest);
  outline.organ = scan.organs(outline.hottest);
  outline.background = 1.5f;
  return outline;
}

Verdict of_one(const SyntheticScan& scan, Role role, const Outline& outline, double organ_error_mm = 0) {
  PairedLesion lesion;
  (role == Role::sstr ? lesion.sstr : lesion.fdg) = outline;
  const ScanOnGrid here{&scan.suv, &scan.organs, organ_error_mm};
  const ScanOnGrid none;
  return classify_lesions({lesion}, role == Role::sstr ? here : none, role == Role::fdg ? here : none,
                          resources(), base::Run())
      .at(0);
}

constexpr space::PointLps kMiddle{92, 92, 92};

TEST(Classify, UptakeInTheBladderIsPhysiologicAndInTheLiverALesionToReview) {
  const auto at = [](Organ organ) {
    const SyntheticScan scan =
        synthetic_scan(cube_grid(47, 4), 1, {{kMiddle, 40, 6, organ}, {kMiddle, 8, 25}}, 0, 0, 0, 0);
    return of_one(scan, Role::fdg, outline_at(scan, kMiddle, 8));
  };
  EXPECT_EQ(at(Organ::bladder).status, LesionStatus::physiologic);
  EXPECT_EQ(at(Organ::bladder).reason, "FDG: urine in the bladder");
  EXPECT_NE(at(Organ::liver).status, LesionStatus::physiologic) << at(Organ::liver).reason;
  EXPECT_EQ(at(Organ::liver).site, "liver");
}

TEST(Classify, AnOrganEdgeThatMayBeOffExplainsUptakeWithinThatErrorOnly) {
  const SyntheticScan scan = synthetic_scan(
      cube_grid(47, 4), 1, {{{60, 92, 92}, 28, 6, Organ::bladder}, {{94, 92, 92}, 6, 20}}, 0, 0, 0, 0);
  const Outline beside = outline_at(scan, {94, 92, 92}, 6);
  EXPECT_EQ(of_one(scan, Role::fdg, beside, 12).status, LesionStatus::physiologic);
  EXPECT_NE(of_one(scan, Role::fdg, beside, 0).status, LesionStatus::physiologic)
      << of_one(scan, Role::fdg, beside, 0).reason;
}

TEST(Classify, AnFdgFocusInWhatSstrExplainsIsALesion) {
  const SyntheticScan sstr =
      synthetic_scan(cube_grid(47, 4), 1, {{kMiddle, 40, 9, Organ::kidney_left}}, 0, 0, 0, 0);
  SyntheticScan fdg = synthetic_scan(cube_grid(47, 4), 1, {{kMiddle, 8, 12}}, 0, 0, 0, 0);
  PairedLesion lesion;
  lesion.sstr = outline_at(sstr, kMiddle, 8);
  lesion.fdg = outline_at(fdg, kMiddle, 8);
  const Verdict verdict = classify_lesions({lesion}, {&sstr.suv, &sstr.organs, 0}, {&fdg.suv, &fdg.organs, 0},
                                           resources(), base::Run())
                              .at(0);
  EXPECT_NE(verdict.status, LesionStatus::physiologic);
}

TEST(Classify, AMirroredPairInTheThroatIsTonsilsAndASingleFocusIsNot) {
  const SyntheticScan scan = synthetic_scan(
      cube_grid(60, 4), 0.5f,
      {{{120, 120, 190}, 45, 8, Organ::brain}, {{104, 120, 100}, 8, 4}, {{136, 120, 100}, 8, 4.5f}}, 0, 0, 0,
      0);
  const Outline right = outline_at(scan, {104, 120, 100}, 8), left = outline_at(scan, {136, 120, 100}, 8);
  EXPECT_NE(of_one(scan, Role::fdg, left).status, LesionStatus::physiologic)
      << of_one(scan, Role::fdg, left).reason;
  PairedLesion a, b;
  a.fdg = right, b.fdg = left;
  for (const Verdict& verdict :
       classify_lesions({a, b}, {}, {&scan.suv, &scan.organs, 0}, resources(), base::Run())) {
    EXPECT_EQ(verdict.status, LesionStatus::physiologic);
    EXPECT_LT(verdict.confidence, 0.8);
  }
}

TEST(Classify, SmallMidlineUptakeBelowTheBrainIsThePituitary) {
  const SyntheticScan scan =
      synthetic_scan(cube_grid(60, 4), 0.3f,
                     {{{120, 120, 150}, 60, 0.1f, Organ::brain}, {{120, 100, 116}, 5, 7}}, 0, 0, 0, 0);
  const Verdict gland = of_one(scan, Role::sstr, outline_at(scan, {120, 100, 116}, 5));
  EXPECT_EQ(gland.status, LesionStatus::physiologic);
  EXPECT_EQ(gland.site, "pituitary");
  const SyntheticScan aside =
      synthetic_scan(cube_grid(60, 4), 0.3f,
                     {{{120, 120, 150}, 60, 0.1f, Organ::brain}, {{150, 100, 116}, 5, 7}}, 0, 0, 0, 0);
  EXPECT_EQ(of_one(aside, Role::sstr, outline_at(aside, {150, 100, 116}, 5)).status,
            LesionStatus::unreviewed);
}

TEST(Classify, AThinLineBetweenKidneyAndBladderIsUrineAndARoundFocusThereIsNot) {
  std::vector<Ball> balls{{{60, 92, 200}, 24, 6, Organ::kidney_right},
                          {{100, 92, 40}, 24, 20, Organ::bladder}};
  SyntheticScan scan = synthetic_scan(cube_grid(60, 4), 1, balls, 0, 0, 0, 0);
  Outline line;
  const space::Geometry& grid = scan.suv.geometry();
  for (int k = 25; k <= 35; ++k) line.region.push_back(grid.offset({19, 23 + k / 12, k}));
  line.hottest = {19, 25, 30};
  line.suvmax = 8, line.background = 1.5f;
  const Verdict urine = of_one(scan, Role::fdg, line),
                focus = of_one(scan, Role::fdg, outline_at(scan, {76, 96, 120}, 8));
  EXPECT_EQ(urine.status, LesionStatus::physiologic);
  EXPECT_EQ(urine.site, "ureter");
  EXPECT_NE(focus.status, LesionStatus::physiologic);
  EXPECT_EQ(focus.site, "node");
}

/// A trunk of few organs, as a map of the program itself would hold it.
SyntheticScan trunk(const std::vector<Ball>& foci) {
  std::vector<Ball> balls{{{60, 120, 150}, 28, 10, Organ::kidney_right},
                          {{180, 120, 150}, 28, 10, Organ::kidney_left},
                          {{120, 80, 20}, 16, 20, Organ::bladder}};
  for (double z = 10; z < 236; z += 12) balls.push_back({{120, 130, z}, 16, 1, Organ::spine});
  balls.insert(balls.end(), foci.begin(), foci.end());
  return synthetic_scan(cube_grid(60, 4), 0.5f, balls, 0, 0, 0, 0);
}

Verdict on_own_map(const SyntheticScan& scan, const std::vector<Outline>& outlines) {
  std::vector<PairedLesion> lesions(outlines.size());
  for (std::size_t n = 0; n < outlines.size(); ++n) lesions[n].sstr = outlines[n];
  const ScanOnGrid here{&scan.suv, &scan.organs, 0, {{record::id_of(Organ::kidney_left), 0.8}}};
  return classify_lesions(lesions, here, {}, resources(), base::Run()).at(0);
}

TEST(Classify, ASmallSpotOnTheCourseOfTheUreterIsUrineOnlyWhereTheMapIsTheProgramsOwn) {
  const space::PointLps at{92, 100, 90};
  const SyntheticScan scan = trunk({{at, 6, 7}});
  const Outline spot = outline_at(scan, at, 6);
  EXPECT_EQ(on_own_map(scan, {spot}).status, LesionStatus::physiologic);
  EXPECT_NE(of_one(scan, Role::sstr, spot).status, LesionStatus::physiologic);
  const SyntheticScan with_node = trunk({{at, 11, 7}});
  EXPECT_NE(on_own_map(with_node, {outline_at(with_node, at, 11)}).status, LesionStatus::physiologic);
}

TEST(Classify, TwoMirroredAdrenalsMayBeBrighterThanOneAlone) {
  const space::PointLps right{88, 116, 180}, left{152, 116, 180};
  const SyntheticScan scan = trunk({{right, 8, 26}, {left, 8, 25}});
  const Outline one = outline_at(scan, right, 8), other = outline_at(scan, left, 8);
  EXPECT_NE(on_own_map(scan, {one}).status, LesionStatus::physiologic);
  EXPECT_EQ(on_own_map(scan, {one, other}).status, LesionStatus::physiologic)
      << on_own_map(scan, {one, other}).reason;
}

TEST(Classify, OutsideTheOrgansOfAMapOfItsOwnNothingIsCalledPathologic) {
  const space::PointLps at{120, 60, 120};
  const SyntheticScan scan = trunk({{at, 12, 30}});
  EXPECT_EQ(on_own_map(scan, {outline_at(scan, at, 12)}).status, LesionStatus::unreviewed);
}

TEST(Classify, NamesTheVertebraAndTheNodeOutsideOrgans) {
  const SyntheticScan scan = synthetic_scan(
      cube_grid(47, 4), 1,
      {{{60, 60, 60}, 20, 1, static_cast<Organ>(29)}, {{60, 60, 60}, 8, 15}, {{130, 130, 130}, 8, 15}}, 0, 0,
      0, 0);
  const Verdict bone = of_one(scan, Role::sstr, outline_at(scan, {60, 60, 60}, 8));
  EXPECT_EQ(bone.site, "bone");
  EXPECT_EQ(bone.location, "L3 vertebra");
  EXPECT_EQ(of_one(scan, Role::sstr, outline_at(scan, {130, 130, 130}, 8)).site, "node");
}

/// A body as the program's own map shows it: brain, spine, liver, one kidney, some gut, the bladder.
SyntheticScan own_map_body(const std::vector<Ball>& uptake) {
  std::vector<Ball> balls{{{120, 110, 440}, 50, 0.1f, Organ::brain},
                          {{60, 110, 300}, 40, 6, Organ::liver},
                          {{175, 130, 230}, 22, 12, Organ::kidney_left},
                          {{120, 60, 200}, 20, 2.5f, Organ::gut},
                          {{120, 90, 40}, 24, 20, Organ::bladder}};
  for (double z = 40; z < 380; z += 12) balls.push_back({{120, 150, z}, 14, 1, Organ::spine});
  balls.insert(balls.end(), uptake.begin(), uptake.end());
  space::Geometry grid = cube_grid(60, 4);
  grid.size[2] = 125;
  return synthetic_scan(grid, 0.5f, balls, 0, 0, 0, 0);
}

/// The union of balls along a line, as one outline.
Outline line_at(const SyntheticScan& scan, space::PointLps from, space::PointLps to, double radius) {
  Outline outline = outline_at(scan, from, radius);
  outline.region.clear();
  const space::Geometry& grid = scan.suv.geometry();
  for (std::size_t at = 0; at < scan.suv.voxels().size(); ++at)
    for (double t = 0; t <= 1; t += 0.05)
      if (space::distance(grid.to_lps(grid.index(at)),
                          {from.x + t * (to.x - from.x), from.y + t * (to.y - from.y),
                           from.z + t * (to.z - from.z)}) <= radius) {
        outline.region.push_back(at);
        break;
      }
  return outline;
}

Verdict on_own_map(const SyntheticScan& scan, Role role, const Outline& outline, float suvmax) {
  PairedLesion lesion;
  Outline hot = outline;
  hot.suvmax = suvmax;
  (role == Role::sstr ? lesion.sstr : lesion.fdg) = hot;
  const ScanOnGrid here{&scan.suv, &scan.organs, 0, {{record::id_of(Organ::gut), 0.6}}};
  return classify_lesions({lesion}, role == Role::sstr ? here : ScanOnGrid{},
                          role == Role::fdg ? here : ScanOnGrid{}, resources(), base::Run())
      .at(0);
}

TEST(OwnMap, AThinLineOnThePsoasFarFromTheStraightLineToTheBladderIsUrine) {
  const SyntheticScan scan = own_map_body({});
  const Outline line = line_at(scan, {176, 120, 60}, {174, 118, 100}, 3.9);
  EXPECT_EQ(on_own_map(scan, Role::fdg, line, 9).status, LesionStatus::physiologic);
  EXPECT_NE(on_own_map(scan, Role::fdg, outline_at(scan, {176, 120, 80}, 9), 9).status,
            LesionStatus::physiologic);
}

TEST(OwnMap, AModerateLoopBesideTheGutLabelIsGutAndAFocusOrAHotLoopIsNot) {
  const SyntheticScan scan = own_map_body({});
  const Outline loop = line_at(scan, {80, 60, 150}, {140, 60, 150}, 10);
  EXPECT_EQ(on_own_map(scan, Role::sstr, loop, 4.5f).status, LesionStatus::physiologic);
  EXPECT_LT(on_own_map(scan, Role::sstr, loop, 4.5f).confidence, 0.5);
  EXPECT_EQ(on_own_map(scan, Role::sstr, loop, 12).status, LesionStatus::unreviewed);
  const Outline focus = outline_at(scan, {80, 60, 150}, 10);
  EXPECT_EQ(on_own_map(scan, Role::sstr, focus, 4.5f).status, LesionStatus::unreviewed);
  EXPECT_EQ(on_own_map(scan, Role::sstr, focus, 4).status, LesionStatus::physiologic);
  EXPECT_EQ(on_own_map(scan, Role::fdg, focus, 3.5f).status, LesionStatus::unreviewed)
      << "faint FDG uptake may be the lesion without receptors";
}

TEST(OwnMap, WhatIsAsHotAsTheBladderThatItLiesOnIsUrineAndFainterUptakeThereIsNot) {
  const SyntheticScan scan = own_map_body({});
  const Outline dome = outline_at(scan, {120, 90, 76}, 14);
  EXPECT_EQ(on_own_map(scan, Role::fdg, dome, 18).status, LesionStatus::physiologic);
  EXPECT_NE(on_own_map(scan, Role::fdg, dome, 7).status, LesionStatus::physiologic);
}

TEST(OwnMap, OneTonsilAloneIsOneOnFdgAndAHotterFocusIsNot) {
  const SyntheticScan scan = own_map_body({});
  const Outline tonsil = outline_at(scan, {138, 110, 350}, 9);
  EXPECT_EQ(on_own_map(scan, Role::fdg, tonsil, 5).status, LesionStatus::physiologic);
  EXPECT_NE(on_own_map(scan, Role::fdg, tonsil, 9).status, LesionStatus::physiologic);
}

TEST(OwnMap, BesideAKidneyAHotterFocusIsNotTheKidneysButUrineAtItsHilumIs) {
  const space::PointLps above{175, 106, 244}, hilum{152.5, 130, 230};
  const SyntheticScan scan =
      own_map_body({{above, 10, 30}, {hilum, 8, 30}, {{65, 130, 230}, 22, 12, Organ::kidney_right}});
  const Outline tail = outline_at(scan, above, 8), pelvis = outline_at(scan, hilum, 4);
  EXPECT_NE(on_own_map(scan, Role::sstr, tail, 30).status, LesionStatus::physiologic);
  EXPECT_EQ(on_own_map(scan, Role::sstr, tail, 11).status, LesionStatus::physiologic);
  EXPECT_EQ(on_own_map(scan, Role::sstr, pelvis, 30).status, LesionStatus::physiologic);
}

LesionStatus in_label(Organ organ, float level, const SyntheticScan& scan, const Outline& outline,
                      double confidence) {
  PairedLesion lesion;
  lesion.sstr = outline;
  lesion.sstr->background = level;
  const ScanOnGrid here{&scan.suv, &scan.organs, 0, {{record::id_of(organ), confidence}}};
  return classify_lesions({lesion}, here, {}, resources(), base::Run()).at(0).status;
}

LesionStatus in_liver_label(const SyntheticScan& scan, const Outline& outline, double confidence) {
  return in_label(Organ::liver, 6, scan, outline, confidence);
}

TEST(OwnMap, ALesionDeepInASureLiverIsPathologicAndOneAtItsEdgeOrInADoubtfulLiverIsNot) {
  const space::PointLps middle{60, 110, 300}, edge{60, 110, 334};
  const SyntheticScan scan = own_map_body({{middle, 9, 25}, {edge, 9, 25}});
  EXPECT_EQ(in_liver_label(scan, outline_at(scan, middle, 9), 0.9), LesionStatus::pathologic);
  EXPECT_EQ(in_liver_label(scan, outline_at(scan, middle, 9), 0.8), LesionStatus::unreviewed);
  EXPECT_EQ(in_liver_label(scan, outline_at(scan, edge, 9), 0.9), LesionStatus::unreviewed);
}

TEST(OwnMap, WhatLiesDeepInTheLiverLabelAmongTissueThatIsNoLiverStaysInDoubt) {
  const space::PointLps middle{60, 110, 300};
  for (const float around : {14.0f, 2.5f}) {  // a kidney, a loop of bowel
    const SyntheticScan scan = own_map_body({{middle, 32, around}, {middle, 9, 30}});
    EXPECT_EQ(in_liver_label(scan, outline_at(scan, middle, 9), 0.9), LesionStatus::unreviewed) << around;
  }
}

TEST(OwnMap, ALesionDeepInASureColumnIsPathologicThoughArchesTakeUpLessThanMarrow) {
  const space::PointLps middle{120, 150, 148};
  for (const float around : {0.5f, 1.5f, 4.0f}) {  // arches, marrow, no bone
    std::vector<Ball> balls;
    for (double z = 100; z < 200; z += 12) balls.push_back({{120, 150, z}, 22, around, Organ::spine});
    balls.push_back({middle, 9, 12});
    const SyntheticScan scan = own_map_body(balls);
    const Outline outline = outline_at(scan, middle, 9);
    EXPECT_EQ(in_label(Organ::spine, 1.5f, scan, outline, 0.85),
              around > 2 ? LesionStatus::unreviewed : LesionStatus::pathologic)
        << around;
    EXPECT_EQ(in_label(Organ::spine, 1.5f, scan, outline, 0.75), LesionStatus::unreviewed) << around;
  }
}

TEST(Rules, OfBothTracersAreReadAndEveryOrganIsJudgedOnce) {
  for (const Role role : {Role::sstr, Role::fdg}) {
    EXPECT_GT(tissue_rules(resources(), role).size(), 10u);
    EXPECT_GT(lesion_rules(resources(), role).finding.noise_multiple, 3);
  }
  EXPECT_DOUBLE_EQ(lesion_rules(resources(), Role::sstr).outline.method.share, 0.5);
  EXPECT_DOUBLE_EQ(lesion_rules(resources(), Role::fdg).outline.method.share, 0.41);
}

TEST(Rules, EveryBoneThatAMapMayNameIsJudgedAsBoneOnBothTracers) {
  for (const Role role : {Role::sstr, Role::fdg})
    for (std::uint16_t organ = 1; organ < 300; ++organ) {
      if (!record::is_bone(organ)) continue;
      const std::vector<TissueRule> rules = tissue_rules(resources(), role);
      const auto named = std::count_if(rules.begin(), rules.end(), [organ](const TissueRule& rule) {
        return std::count(rule.organs.begin(), rule.organs.end(), organ) > 0;
      });
      EXPECT_EQ(named, 1) << organ << " on " << record::label_of(role);
    }
}

TEST(Rules, AnUnknownKeyIsRefused) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("netpet_unknown_key_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::string text(resources().text("data/lesions.json"));
  text.insert(text.find("\"noise_multiple\""), "\"nosie\": 1, ");
  std::ofstream(folder / "lesions.json") << text;
  const base::Resources changed = base::Resources::with_rules(folder);
  EXPECT_THROW(lesion_rules(changed, Role::sstr), base::Error);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace netpet::lesions
