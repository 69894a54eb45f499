// Thresholds just below, at and above, and what must hold for any case.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "made_up_case.h"

namespace netpet::grading {
namespace {

using record::GradingCase;
using record::GradingLesion;
using record::GradingResult;
using ::testing::Contains;
using testing::graded;
using testing::grader;
using testing::lesion;
using ::testing::Not;
using testing::random_case;
using testing::reference;
using testing::usual_case;
using testing::value;

std::string text_field(const GradingResult& result, const char* name) {
  return std::get<base::Computed<std::string>>(*result.grade("netpet")->field(name)).value_or("null");
}

const std::vector<std::string>& netpet_flags(const GradingResult& result) {
  return result.grade("netpet")->flags;
}

/// P0 < P1 < … < P5; the letter does not count.
char rank(const std::string& netpet_value) {
  return netpet_value.at(1);
}

TEST(Positivity, BeginsAboveMeanPlusTwoSd) {
  // FDG blood pool 1.6 + 2 × 0.2 = 2.0
  EXPECT_EQ(graded(usual_case({lesion("L1", 12, 1.999)})), "P1");
  EXPECT_EQ(graded(usual_case({lesion("L1", 12, 2.0)})), "P1");
  EXPECT_EQ(graded(usual_case({lesion("L1", 12, 2.001)})), "P2a");
}

TEST(Positivity, OfASmallLesionBeginsAboveOneAndAHalfTimesTheMean) {
  for (const auto& [suvmax, expected] : {std::pair{2.39, "P1"}, {2.4, "P1"}, {2.41, "P2a"}}) {
    GradingLesion small = lesion("L1", 12, suvmax);
    small.volume_ml = 0.99;
    EXPECT_EQ(graded(usual_case({small})), expected) << suvmax;
  }
  GradingLesion one_millilitre = lesion("L1", 12, 2.1);
  one_millilitre.volume_ml = 1.0;
  EXPECT_EQ(graded(usual_case({one_millilitre})), "P2a");
}

TEST(Netpet, RatioBandsIncludeTheirEdges) {
  // r = (F/7)/(S/15): with S = 15 the edges are 5.6 and 8.75.
  for (const auto& [fdg, expected] : {std::pair{5.599, "P2a"}, {5.6, "P3a"}, {8.75, "P3a"}, {8.751, "P4a"}})
    EXPECT_EQ(graded(usual_case({lesion("L1", 15, fdg)})), expected) << fdg;
}

TEST(Netpet, LetterIsBFromThreeLesions) {
  std::vector<GradingLesion> lesions{lesion("L1", 20, 4), lesion("L2", 20, 4)};
  EXPECT_EQ(graded(usual_case(lesions)), "P2a");
  lesions.push_back(lesion("L3", 20, 4));
  EXPECT_EQ(graded(usual_case(lesions)), "P2b");
}

TEST(Netpet, DiscordanceGradesFromTenMillimetres) {
  EXPECT_EQ(graded(usual_case({lesion("L1", 1.2, 5, 9.9)})), "P0");
  EXPECT_EQ(graded(usual_case({lesion("L1", 1.2, 5, 10)})), "P5");
}

TEST(Netpet, AHotDiscordantLesionGradesAtAnySize) {
  // 2.3 × liver maximum 3.0 = 6.9
  EXPECT_EQ(graded(usual_case({lesion("L1", 1.2, 6.9, 5)})), "P0");
  EXPECT_EQ(graded(usual_case({lesion("L1", 1.2, 6.91, 5)})), "P5");
}

TEST(Netpet, FaintDiscordanceDoesNotGrade) {
  // FDG liver 2.2 + 2 × 0.3 = 2.8
  const GradingResult faint = grader().grade(usual_case({lesion("L1", 1.2, 2.8)}));
  EXPECT_EQ(value(faint), "P0");
  EXPECT_THAT(netpet_flags(faint), Contains("faint_discordance"));
  EXPECT_EQ(text_field(faint, "strict_any_size"), "P5");
  EXPECT_EQ(graded(usual_case({lesion("L1", 1.2, 2.81)})), "P5");
}

TEST(Netpet, BothWindowsScaledWithTheirUptakeKeepTheValue) {
  // The same factor on all SUVs of a tracer and on its references changes nothing but the windows, so equal
  // factors on both tracers leave r as it is.
  base::Random random(3);
  for (int i = 0; i < 200; ++i) {
    GradingCase one = random_case(random);
    const std::string before = graded(one);
    for (auto* references : {&one.sstr_references, &one.fdg_references})
      for (auto& [name, tissue] : *references) {
        tissue.mean *= 2;
        tissue.sd *= 2;
        if (tissue.max) *tissue.max *= 2;
      }
    for (GradingLesion& each : one.lesions)
      for (auto* uptake : {&each.sstr, &each.fdg}) {
        *uptake->suvpeak *= 2;
        *uptake->suvmax *= 2;
      }
    EXPECT_EQ(graded(one), before);
  }
}

TEST(Netpet, DoesNotDependOnTheOrderOfLesions) {
  base::Random random(5);
  for (int i = 0; i < 200; ++i) {
    GradingCase one = random_case(random);
    const GradingResult before = grader().grade(one);
    std::reverse(one.lesions.begin(), one.lesions.end());
    const GradingResult after = grader().grade(one);
    EXPECT_EQ(value(after), value(before));
    EXPECT_EQ(text_field(after, "target_lesion"), text_field(before, "target_lesion"));
    EXPECT_EQ(value(after, "karfis"), value(before, "karfis"));
    EXPECT_EQ(value(after, "zidan"), value(before, "zidan"));
  }
}

TEST(Netpet, MoreFdgOnAnyLesionNeverLowersTheGrade) {
  base::Random random(7);
  for (int i = 0; i < 500; ++i) {
    GradingCase one = random_case(random);
    const char before = rank(graded(one));
    GradingLesion& raised = one.lesions[random.bits() % one.lesions.size()];
    *raised.fdg.suvpeak *= 1.5;
    *raised.fdg.suvmax *= 1.5;
    EXPECT_GE(rank(graded(one)), before);
  }
}

TEST(Netpet, P5NeedsADiscordantLesion) {
  base::Random random(11);
  int seen = 0;
  for (int i = 0; i < 500; ++i) {
    const GradingResult result = grader().grade(random_case(random));
    const bool discordant = std::any_of(result.lesions.begin(), result.lesions.end(),
                                        [](const auto& each) { return each.pattern == "S-F+"; });
    if (value(result) != "P5") continue;
    ++seen;
    EXPECT_TRUE(discordant);
  }
  EXPECT_GT(seen, 50);
}

TEST(Netpet, ALesionDecidesWhenTheGradeChangesWithoutIt) {
  base::Random random(13);
  for (int i = 0; i < 200; ++i) {
    const GradingCase one = random_case(random);
    const GradingResult whole = grader().grade(one);
    for (std::size_t without = 0; without < one.lesions.size(); ++without) {
      GradingCase fewer = one;
      fewer.lesions.erase(fewer.lesions.begin() + static_cast<std::ptrdiff_t>(without));
      EXPECT_EQ(whole.lesions[without].decides, graded(fewer) != value(whole));
    }
  }
}

TEST(Netpet, ALesionNegativeOnBothChangesNothing) {
  base::Random random(17);
  for (int i = 0; i < 200; ++i) {
    GradingCase one = random_case(random);
    const std::string before = graded(one);
    one.lesions.push_back(lesion("Z", 1.0, 1.0));
    const GradingResult after = grader().grade(one);
    EXPECT_EQ(value(after), before);
    EXPECT_FALSE(after.lesions.back().decides);
  }
}

TEST(Netpet, ExcludingTheTargetGradesByTheRest) {
  GradingCase one = usual_case({lesion("L1", 20, 4), lesion("L2", 1.2, 9)});
  EXPECT_EQ(graded(one), "P5");
  one.lesions[1].excluded = "inflammation";
  const GradingResult result = grader().grade(one);
  EXPECT_EQ(value(result), "P2a");
  EXPECT_EQ(text_field(result, "target_lesion"), "L1");
  EXPECT_THAT(netpet_flags(result), Contains("excluded_uptake"));
}

TEST(Headline, NamesTheUnreviewedLesionOnWhichTheGroupDepends) {
  GradingCase one = usual_case({lesion("L1", 20, 1.2), lesion("L7", 1.2, 9)});
  one.lesions[1].unreviewed = true;
  const GradingResult result = grader().grade(one);
  EXPECT_EQ(result.headline, "P1 or P5: decide L7");
  EXPECT_EQ(text_field(result, "if_unreviewed_excluded"), "P1");
}

TEST(Headline, SaysThatASubGradeIsNotOutcomeValidated) {
  EXPECT_EQ(grader().grade(usual_case({lesion("L1", 25, 4)})).headline,
            "P2a (group P2–4; sub-grade not outcome-validated), target L1");
}

TEST(Headline, NeverPrintsP0Alone) {
  EXPECT_EQ(grader().grade(usual_case({})).headline, "P0, no PET-positive disease; 0 anatomical lesions");
  EXPECT_EQ(grader().grade(usual_case({lesion("L1", 1.2, 5, 6)})).headline, "P0, sub-threshold discordance");
}

TEST(Evidence, SaysEachValueItsLimitAndWhereTheLimitComesFrom) {
  GradingLesion one = lesion("L4", 5.5, 8.0, 30, "liver");
  one.size_source = record::SizeSource::ct;
  EXPECT_THAT(
      grader().grade(usual_case({one})).grade("netpet")->evidence,
      Contains("L4, liver, FDG 8.0 above liver limit 2.8 (2.2 + 2 × 0.3); SSTR 5.5 not above liver limit "
               "7.6 (6.0 + 2 × 0.8): discordant, 30 mm on CT"));
}

TEST(SingleTracer, WithoutFdgKrenningStands) {
  GradingCase one = usual_case({lesion("L1", 25, 1)});
  one.fdg_given = false;
  one.lesions[0].fdg = {};
  one.fdg_references.clear();
  const GradingResult result = grader().grade(one);
  for (const char* scale : {"netpet", "karfis", "zidan"}) EXPECT_EQ(value(result, scale), "NA");
  EXPECT_THAT(netpet_flags(result), ::testing::ElementsAre("tracer_missing"));
  EXPECT_EQ(result.lesions[0].krenning, base::Computed<double>(4.0));
  EXPECT_EQ(result.headline, "NETPET NA: there is no FDG study; Krenning 4");
  EXPECT_FALSE(result.grade("ezziddin")->value.has_value());
}

TEST(SingleTracer, WithoutSstrTheFdgScalesStand) {
  GradingCase one = usual_case({lesion("L1", 1, 9.3)});
  one.sstr_given = false;
  one.lesions[0].sstr = {};
  one.sstr_references.clear();
  const GradingResult result = grader().grade(one);
  EXPECT_EQ(value(result), "NA");
  EXPECT_THAT(netpet_flags(result), ::testing::ElementsAre("tracer_missing"));
  EXPECT_EQ(value(result, "ezziddin"), "mG3");
  EXPECT_EQ(value(result, "bahri_garin"), "positive");
  EXPECT_FALSE(result.lesions[0].krenning.has_value());
}

TEST(PostTherapy, HasNoPetGrade) {
  GradingCase one = usual_case({lesion("L1", 25, 4)});
  one.post_therapy = true;
  const GradingResult result = grader().grade(one);
  EXPECT_EQ(value(result), "NA");
  EXPECT_THAT(netpet_flags(result), Contains("post_therapy_scan"));
  EXPECT_FALSE(result.lesions[0].krenning.has_value());
}

TEST(BloodPool, ThatCouldNotBeMeasuredLeavesNetpetUngradedWithTheReason) {
  GradingCase one = usual_case({lesion("L1", 25, 4)});
  one.fdg_references.erase("blood_pool");
  const GradingResult result = grader().grade(one);
  EXPECT_EQ(value(result), "NA");
  EXPECT_EQ(value(result, "karfis"), "NA");
  EXPECT_THAT(netpet_flags(result), Contains("no_blood_pool_reference"));
  EXPECT_EQ(result.headline, "NETPET NA: blood pool could not be measured on the FDG scan; Krenning 4");
}

TEST(Krenning, ChangesAtItsLimits) {
  // 0.85 × 1.5 = 1.275; 1.5 + 2 × 0.2 = 1.9; 6 + 2 × 0.8 = 7.6; spleen 20.
  for (const auto& [sstr, score] : {std::pair{1.274, 0.0},
                                    {1.275, 1.0},
                                    {1.9, 1.0},
                                    {1.901, 2.0},
                                    {7.6, 2.0},
                                    {7.601, 3.0},
                                    {19.999, 3.0},
                                    {20.0, 4.0}})
    EXPECT_EQ(grader().grade(usual_case({lesion("L1", sstr, 1)})).lesions[0].krenning,
              base::Computed<double>(score))
        << sstr;
}

TEST(Ezziddin, ChangesAboveOneAndAboveTwoPointThree) {
  for (const auto& [fdg, expected] : {std::pair{3.0, "mG1"}, {3.001, "mG2"}, {6.9, "mG2"}, {6.901, "mG3"}})
    EXPECT_EQ(graded(usual_case({lesion("L1", 20, fdg)}), "ezziddin"), expected) << fdg;
}

TEST(BahriGarin, IsPositiveFromTwoAndAHalfTimesTheLiverMaximum) {
  GradingCase one = usual_case({lesion("L1", 20, 2.49)});
  one.fdg_references["liver"].max = 1.0;
  EXPECT_EQ(graded(one, "bahri_garin"), "negative");
  one.lesions[0].fdg.suvmax = 2.5;
  EXPECT_EQ(graded(one, "bahri_garin"), "positive");
}

TEST(Windows, OfAnotherSstrTracerAreNotPublished) {
  GradingCase one = usual_case({lesion("L1", 25, 4)});
  EXPECT_THAT(netpet_flags(grader().grade(one)), Not(Contains("window_not_published")));
  one.sstr_tracer = "68Ga-DOTATATE";
  EXPECT_THAT(netpet_flags(grader().grade(one)), Not(Contains("window_not_published")));
  one.sstr_tracer = "64Cu-DOTATATE";
  EXPECT_THAT(netpet_flags(grader().grade(one)), Contains("window_not_published"));
}

}  // namespace
}  // namespace netpet::grading
