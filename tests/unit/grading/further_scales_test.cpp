// The scales that need more than two values: what the reader and the physician say, further tracers, sets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "grading/target_coverage.h"
#include "made_up_case.h"

namespace netpet::grading {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using record::GradingCase;
using record::GradingLesion;
using record::GradingResult;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Ids = std::vector<std::string>;
using Text = base::Computed<std::string>;

GradingLesion rads(double sstr, std::string site, std::string anatomy, std::string organ = "node",
                   std::string benign = "") {
  GradingLesion one = lesion("L1", sstr, 1, 30, std::move(organ));
  one.sstr_rads = {std::move(site), std::move(anatomy), std::move(benign)};
  return one;
}

std::string category(const GradingLesion& one) {
  const Text found = grader().grade(usual_case({one})).lesions[0].sstr_rads_category;
  return found.has_value() ? found.value() : found.does_not_apply() ? "open" : "none";
}

TEST(SstrRads, CategoriesFollowUptakeSiteAndAnatomy) {
  // Levels: 1.0 is not above blood pool, 5 not above liver, 20 above liver.
  EXPECT_EQ(category(rads(20, "typical", "definite")), "5");
  EXPECT_EQ(category(rads(20, "typical", "indefinite")), "4");
  EXPECT_EQ(category(rads(20, "highly_atypical", "")), "3C");
  EXPECT_EQ(category(rads(20, "atypical", "definite")), "none");
  EXPECT_EQ(category(rads(5, "typical", "")), "3A");
  EXPECT_EQ(category(rads(5, "typical", "", "bone")), "3B");
  EXPECT_EQ(category(rads(1.0, "", "suspicious")), "3D");
  EXPECT_EQ(category(rads(1.0, "atypical", "indefinite")), "2");
  EXPECT_EQ(category(rads(1.0, "", "", "node", "biopsy")), "1A");
  EXPECT_EQ(category(rads(20, "", "", "node", "imaging")), "1B");
}

TEST(SstrRads, WithoutTheReaderThereIsALevelButNoCategory) {
  const GradingResult result = grader().grade(usual_case({lesion("L1", 20, 1)}));
  EXPECT_EQ(result.lesions[0].sstr_rads_uptake_level, base::Computed<double>(3.0));
  EXPECT_TRUE(result.lesions[0].sstr_rads_category.does_not_apply());
  EXPECT_THAT(result.lesions[0].sstr_rads_needs_reader,
              ElementsAre("site typicality", "anatomical definiteness"));
  EXPECT_THAT(result.grade("sstr_rads")->value.reason(), HasSubstr("L1"));
}

TEST(SstrRads, TheHighestOfAtMostFiveTargetsAndThreeOfAnOrganCounts) {
  std::vector<GradingLesion> lesions;
  for (int i = 1; i <= 6; ++i) {
    lesions.push_back(rads(5, "typical", "", i <= 4 ? "liver" : "node"));
    lesions.back().id = "L" + std::to_string(i);
    lesions.back().size_mm = 60 - i;
  }
  lesions[3] = rads(20, "typical", "definite", "liver");  // the fourth of the liver
  lesions[3].id = "L4";
  lesions[3].size_mm = 56;
  const GradingResult result = grader().grade(usual_case(lesions));
  EXPECT_EQ(value(result, "sstr_rads"), "3A");
  EXPECT_THAT(field<Ids>(result, "sstr_rads", "targets"), ElementsAre("L1", "L2", "L3", "L5", "L6"));
}

TEST(SstrRads, AnOpenLesionCannotLowerAFive) {
  GradingLesion open = lesion("L2", 20, 1, 25);
  const GradingResult result = grader().grade(usual_case({rads(20, "typical", "definite"), open}));
  EXPECT_EQ(value(result, "sstr_rads"), "5");
  EXPECT_EQ(value(grader().grade(usual_case({rads(20, "typical", "indefinite"), open})), "sstr_rads"),
            "not computable");
}

TEST(SstrRads, WhatCouldNotBeVerifiedSaysSo) {
  const GradingResult result = grader().grade(usual_case({rads(20, "typical", "definite")}));
  EXPECT_THAT(result.grade("sstr_rads")->evidence, Contains(HasSubstr("(unverified wording)")));
  EXPECT_THAT(grader().grade(usual_case({rads(5, "typical", "")})).grade("sstr_rads")->evidence,
              Not(Contains(HasSubstr("(unverified wording)"))));
}

TEST(Heterogeneity, WithoutTheReaderIsNotComputable) {
  const GradingResult result = grader().grade(usual_case({lesion("L1", 20, 1)}));
  EXPECT_THAT(result.grade("heterogeneity")->value.reason(), HasSubstr("L1"));
  EXPECT_THAT(grader().grade(usual_case({lesion("L1", 20, 1, 15)})).grade("heterogeneity")->value.reason(),
              HasSubstr("20 mm"));
}

TEST(Nilica, ComparesWithFdgBeforeTherapy) {
  for (const auto& [before, fdg, group] :
       {std::tuple{false, 1.0, "-/-"}, {true, 5.0, "+/+"}, {false, 5.0, "-/+"}, {true, 1.0, "+/-"}}) {
    GradingCase one = usual_case({lesion("L1", 20, fdg)});
    one.earlier_fdg_positive = before;
    EXPECT_EQ(graded(one, "nilica"), group);
  }
  const GradingResult alone = grader().grade(usual_case({lesion("L1", 20, 5)}));
  EXPECT_THAT(alone.grade("nilica")->value.reason(), HasSubstr("before therapy"));
  EXPECT_EQ(field<Text>(alone, "nilica", "fdg_now"), Text(std::string("+")));
}

GradingCase with_clinical(record::Clinical clinical) {
  GradingCase one = usual_case({lesion("L1", 25, 4, 30, "liver")});
  one.clinical = std::move(clinical);
  return one;
}

record::Clinical primary(std::string name) {
  record::Clinical clinical;
  clinical.primary = std::move(name);
  return clinical;
}

record::Pathology specimen(double ki67, std::optional<record::Differentiation> differentiation,
                           std::string edition = "") {
  record::Pathology one;
  one.ki67_percent = ki67;
  one.differentiation = differentiation;
  one.edition = std::move(edition);
  return one;
}

TEST(Who, TheHigherIndexDecides) {
  record::Clinical clinical = primary("pancreas");
  clinical.pathology = {specimen(2, record::Differentiation::well)};
  clinical.pathology[0].mitoses_per_2mm2 = 5;
  EXPECT_EQ(graded(with_clinical(clinical), "who"), "NET G2");
}

TEST(Who, G3DependsOnDifferentiationAndEdition) {
  const auto of = [](const record::Pathology& one, const char* organ) {
    record::Clinical clinical = primary(organ);
    clinical.pathology = {one};
    return graded(with_clinical(clinical), "who");
  };
  const auto well = record::Differentiation::well, poor = record::Differentiation::poor;
  EXPECT_EQ(of(specimen(30, well, "WHO 2019"), "midgut"), "NET G3");
  EXPECT_EQ(of(specimen(30, well, "WHO 2017"), "pancreas"), "NET G3");
  EXPECT_EQ(of(specimen(30, well, "WHO 2017"), "midgut"), "NEC G3");
  EXPECT_EQ(of(specimen(30, well, "WHO 2010"), "pancreas"), "NEC G3");
  EXPECT_EQ(of(specimen(30, poor, "WHO 2019"), "midgut"), "NEC");
  EXPECT_EQ(of(specimen(30, std::nullopt), "midgut"), "NET G3 or NEC");
  EXPECT_EQ(of(specimen(2.5, well, "WHO 2010"), "midgut"), "NET G1");
}

TEST(Who, TheHighestSpecimenCountsAndTheLatestStandsBesideIt) {
  record::Clinical clinical = primary("pancreas");
  clinical.pathology = {specimen(12, record::Differentiation::well),
                        specimen(2, record::Differentiation::well)};
  clinical.pathology[0].date = day(2022, 3, 1);
  clinical.pathology[1].date = day(2024, 3, 1);
  const GradingResult result = grader().grade(with_clinical(clinical));
  EXPECT_EQ(value(result, "who"), "NET G2");
  const auto& others = field<record::AlternativeValues>(result, "who", "alternatives");
  EXPECT_EQ(others[1].first, "latest_specimen");
  EXPECT_EQ(others[1].second, Text(std::string("NET G1")));
}

TEST(Who, TheLungIsClassedByMitosesAndNecrosisAlone) {
  record::Clinical clinical = primary("lung");
  clinical.pathology = {specimen(30, record::Differentiation::well)};
  EXPECT_EQ(graded(with_clinical(clinical), "who"), "not computable");
  clinical.pathology[0].mitoses_per_2mm2 = 1;
  EXPECT_EQ(graded(with_clinical(clinical), "who"), "typical or atypical carcinoid");
  clinical.pathology[0].necrosis = true;
  EXPECT_EQ(graded(with_clinical(clinical), "who"), "atypical carcinoid");
}

TEST(Applicability, FollowsPrimaryAndStage) {
  const auto netpet = [](const record::Clinical& clinical) {
    return grader().grade(with_clinical(clinical)).grade("netpet")->applicability;
  };
  record::Clinical clinical = primary("pancreas");
  EXPECT_EQ(netpet(clinical), "unknown");
  clinical.metastatic = true;
  EXPECT_EQ(netpet(clinical), "inside");
  clinical.metastatic = false;
  EXPECT_EQ(netpet(clinical), "outside");
  EXPECT_EQ(netpet(primary("lung")), "outside");
  EXPECT_EQ(netpet(primary("unknown")), "unknown");
  const GradingResult lung = grader().grade(with_clinical(primary("lung")));
  EXPECT_EQ(lung.grade("zidan")->applicability, "inside");
  EXPECT_EQ(lung.grade("ezziddin")->applicability, "outside");
  EXPECT_EQ(grader().grade(usual_case({})).grade("netpet")->applicability, "unknown");
}

Ids codes(const GradingResult& result) {
  Ids all;
  for (const record::Warning& warning : result.warnings) all.push_back(warning.code);
  return all;
}

record::Therapy therapy(std::string kind, std::optional<base::Date> start, std::optional<base::Date> end,
                        std::optional<base::Date> last_dose = std::nullopt) {
  return {std::move(kind), start, end, last_dose};
}

GradingResult treated(record::Therapy one, base::Date sstr = day(2024, 2, 1),
                      base::Date fdg = day(2024, 2, 11)) {
  record::Clinical clinical = primary("pancreas");
  clinical.therapies = {std::move(one)};
  GradingCase patient = with_clinical(clinical);
  patient.sstr_date = sstr;
  patient.fdg_date = fdg;
  return grader().grade(patient);
}

TEST(Clinical, ALongActingAnalogueWarnsForTwentyEightDays) {
  const auto after = [](int date) { return treated(therapy("ssa", {}, {}, day(2024, 1, date))); };
  EXPECT_THAT(codes(after(4)), Contains("ssa_within_28d"));
  EXPECT_THAT(codes(after(3)), Not(Contains("ssa_within_28d")));
  EXPECT_THAT(codes(treated(therapy("ssa", day(2023, 1, 1), {}))), Contains("ssa_within_28d"));
  EXPECT_THAT(codes(treated(therapy("ssa", day(2023, 1, 1), day(2023, 6, 1)))), IsEmpty());
  EXPECT_THAT(after(20).grade("krenning")->caveats, Contains(HasSubstr("Krenning 4 is doubtful")));
}

TEST(Clinical, TherapyBetweenTheScansWarnsWhicheverScanCameFirst) {
  const record::Therapy cycle = therapy("chemotherapy", day(2024, 2, 5), day(2024, 2, 6));
  EXPECT_THAT(codes(treated(cycle)), Contains("therapy_between"));
  EXPECT_THAT(codes(treated(cycle, day(2024, 2, 11), day(2024, 2, 1))), Contains("therapy_between"));
  EXPECT_THAT(codes(treated(therapy("prrt", day(2023, 2, 5), day(2023, 8, 6)))), IsEmpty());
  EXPECT_THAT(codes(treated(therapy("prrt", day(2024, 2, 12), {}))), IsEmpty());
  EXPECT_THAT(codes(treated(therapy("everolimus", day(2023, 2, 5), {}))), Contains("therapy_between"));
  EXPECT_THAT(treated(cycle).grade("netpet")->caveats, Contains(HasSubstr("chemotherapy")));
}

TEST(Clinical, TherapyWithoutDatesOfTheScansIsACaveat) {
  record::Clinical clinical = primary("pancreas");
  clinical.therapies = {therapy("prrt", day(2024, 1, 1), {})};
  const GradingResult result = grader().grade(with_clinical(clinical));
  EXPECT_THAT(codes(result), IsEmpty());
  EXPECT_THAT(result.grade("netpet")->caveats, Contains(HasSubstr("not known whether")));
}

TEST(Clinical, AfterSplenectomyNoSpleenTellsThreeFromFour) {
  record::Clinical clinical;
  clinical.splenectomy = true;
  const GradingResult result = grader().grade(with_clinical(clinical));
  EXPECT_EQ(result.lesions[0].krenning, base::Computed<double>(3.0));
  EXPECT_THAT(result.grade("krenning")->flags, Contains("no_spleen_reference"));
  EXPECT_THAT(codes(result), Contains("spleen_after_splenectomy"));
}

TEST(Clinical, WordsThatNoRuleKnowsWarn) {
  EXPECT_THAT(codes(grader().grade(with_clinical(primary("pancraes")))), Contains("clinical_unknown_word"));
}

TEST(Ppgl, TheOrderOfTracersFollowsPlaceStageAndGermline) {
  const auto order = [](const char* name, std::optional<bool> metastatic, const char* germline) {
    record::Clinical clinical = primary(name);
    clinical.metastatic = metastatic;
    clinical.germline = germline;
    return graded(with_clinical(clinical), "ppgl");
  };
  EXPECT_EQ(order("phaeochromocytoma", false, "none"), "sporadic_phaeochromocytoma");
  EXPECT_EQ(order("phaeochromocytoma", false, "RET"), "inherited_not_sdh");
  EXPECT_EQ(order("phaeochromocytoma", true, "none"), "extra_adrenal_metastatic_or_sdh");
  EXPECT_EQ(order("phaeochromocytoma", {}, "SDHB"), "extra_adrenal_metastatic_or_sdh");
  EXPECT_EQ(order("paraganglioma", {}, ""), "extra_adrenal_metastatic_or_sdh");
  EXPECT_EQ(order("head_neck_paraganglioma", false, "none"), "sporadic_head_neck");
  EXPECT_EQ(order("phaeochromocytoma", {}, ""), "not computable");
  EXPECT_TRUE(grader().grade(with_clinical(primary("pancreas"))).grade("ppgl")->value.does_not_apply());
}

/// A patient whose lesions split between SSTR and MIBG.
GradingCase split_patient() {
  GradingCase one = usual_case({lesion("L1", 20, 1), lesion("L2", 3, 1), lesion("L3", 3, 1)});
  one.other_references["123I-MIBG"] = {{"liver", reference(2, 0.2)}};
  one.lesions[0].other["123I-MIBG"].uptake = {1.0, 1.0};
  one.lesions[1].other["123I-MIBG"].uptake = {8.0, 8.0};
  one.lesions[2].other["123I-MIBG"].positive = false;
  return one;
}

TEST(TargetCoverage, NamesTheAgentsThatReachMostAndWhatNoneReaches) {
  const GradingResult result = grader().grade(split_patient());
  EXPECT_EQ(value(result, "target_coverage"), "177Lu-DOTATATE + 131I-MIBG");
  EXPECT_THAT(field<Ids>(result, "target_coverage", "without_agent"), ElementsAre("L3"));
  EXPECT_THAT(field<Ids>(result, "target_coverage", "smallest_tracer_set"), ElementsAre("SSTR", "123I-MIBG"));
}

TEST(TargetCoverage, TheReadersCallGoesBeforeTheNumbers) {
  GradingCase one = split_patient();
  one.lesions[1].other["123I-MIBG"].positive = false;
  EXPECT_EQ(graded(one, "target_coverage"), "177Lu-DOTATATE");
}

TracerCoverage tracer(std::vector<int> covers, double uptake = 2) {
  TracerCoverage one;
  for (const int covered : covers) {
    one.covers.emplace_back(covered != 0);
    one.uptake.emplace_back(covered != 0 ? uptake : 0.5);
  }
  return one;
}

TEST(CoveringSet, IsSmallerThanWhatTakingTheLargestFirstWouldGive) {
  // The largest tracer shows four of six lesions, yet the other two show all.
  const std::vector<TracerCoverage> tracers{tracer({0, 1, 1, 1, 1, 0}), tracer({1, 1, 1, 0, 0, 0}),
                                            tracer({0, 0, 0, 1, 1, 1})};
  EXPECT_THAT(smallest_covering_set(tracers, 12), ElementsAre(1U, 2U));
  EXPECT_THAT(smallest_covering_set(tracers, 2), ElementsAre(0U, 1U, 2U)) << "in turn, beyond the exact ones";
}

TEST(CoveringSet, OfEqualSizeServesItsLeastLesionBest) {
  EXPECT_THAT(smallest_covering_set({tracer({1, 1}, 2), tracer({1, 1}, 5)}, 12), ElementsAre(1U));
  EXPECT_THAT(smallest_covering_set({tracer({1, 1}, 5), tracer({1, 1}, 5)}, 12), ElementsAre(0U));
  EXPECT_THAT(smallest_covering_set({tracer({0, 0})}, 12), IsEmpty());
  EXPECT_THAT(smallest_covering_set({}, 12), IsEmpty());
}

TEST(CoveringSet, CoversEveryLesionThatAnyTracerCoversWithNoTracerToSpare) {
  base::Random random(19);
  for (int i = 0; i < 200; ++i) {
    std::vector<TracerCoverage> tracers(1 + random.bits() % 5);
    const std::size_t lesions = 1 + random.bits() % 7;
    for (TracerCoverage& one : tracers)
      for (std::size_t l = 0; l < lesions; ++l) {
        one.covers.emplace_back(random.uniform() < 0.4);
        one.uptake.emplace_back(random.uniform(0, 5));
      }
    const auto covered = [&](const std::vector<std::size_t>& set, std::size_t lesion_index) {
      return std::any_of(set.begin(), set.end(),
                         [&](std::size_t t) { return *tracers[t].covers[lesion_index]; });
    };
    std::vector<std::size_t> all(tracers.size());
    for (std::size_t t = 0; t < all.size(); ++t) all[t] = t;
    const auto chosen = smallest_covering_set(tracers, 12);
    for (std::size_t l = 0; l < lesions; ++l) EXPECT_EQ(covered(chosen, l), covered(all, l));
    for (const std::size_t spare : chosen) {
      std::vector<std::size_t> fewer = chosen;
      std::erase(fewer, spare);
      bool misses = false;
      for (std::size_t l = 0; l < lesions; ++l) misses = misses || (covered(all, l) && !covered(fewer, l));
      EXPECT_TRUE(misses);
    }
    EXPECT_LE(chosen.size(), smallest_covering_set(tracers, 0).size());
  }
}

TEST(Biopsy, AimsAtTheHighestRatioThatIsLargeAndWasNotSampled) {
  GradingCase one =
      usual_case({lesion("L1", 1.2, 9, 8), lesion("L2", 10, 8, 30, "bone"), lesion("L3", 20, 5, 30)});
  one.sstr_date = day(2024, 2, 1);
  GradingResult result = grader().grade(one);
  EXPECT_EQ(result.biopsy_target, "L2");
  ASSERT_EQ(result.biopsy_alternatives.size(), 2U);
  EXPECT_EQ(result.biopsy_alternatives[0].lesion, "L3");
  EXPECT_THAT(result.biopsy_alternatives[1].why, HasSubstr("8 mm is below 10 mm"));
  record::Pathology sampled;
  sampled.date = day(2024, 1, 1);
  sampled.site = "bone";
  one.clinical.emplace().pathology = {sampled};
  result = grader().grade(one);
  EXPECT_EQ(result.biopsy_target, "L3");
  ASSERT_EQ(result.biopsy_alternatives.size(), 2U);
  EXPECT_EQ(result.biopsy_alternatives[1].lesion, "L2");
  EXPECT_THAT(result.biopsy_alternatives[1].why, HasSubstr("was sampled on 2024-01-01"));
  one.clinical->pathology[0].date = day(2022, 1, 1);
  EXPECT_EQ(grader().grade(one).biopsy_target, "L2");
}

TEST(Biopsy, NeedsAnFdgPositiveLesion) {
  EXPECT_FALSE(grader().grade(usual_case({lesion("L1", 20, 1)})).biopsy_target);
}

TEST(Reader, StandsBesideTheComputedValueNeverInItsPlace) {
  GradingCase one = usual_case({lesion("L1", 25, 4)});
  one.reader = record::ReaderOpinion{"Dr A", "P3", 3, {{"netpet", "P5", "photopenic centre"}}};
  const GradingResult result = grader().grade(one);
  EXPECT_EQ(value(result), "P2a");
  EXPECT_EQ(field<Text>(result, "netpet", "visual"), Text(std::string("P3")));
  EXPECT_EQ(field<Text>(result, "netpet", "override"), Text(std::string("P5")));
  EXPECT_EQ(field<Text>(result, "netpet", "override_by"), Text(std::string("Dr A")));
  EXPECT_EQ(field<base::Computed<double>>(result, "krenning", "visual"), base::Computed<double>(3.0));
  EXPECT_THAT(result.grade("netpet")->evidence,
              Contains("By eye Dr A sees P3, computed is P2a: look at both."));
}

TEST(Reader, AVisualScoreWithoutLetterAgreesWithEither) {
  GradingCase one = usual_case({lesion("L1", 25, 4)});
  one.reader = record::ReaderOpinion{"", "P2", 4, {}};
  EXPECT_THAT(grader().grade(one).grade("netpet")->evidence, Contains("By eye the reader sees P2 too."));
}

TEST(Reader, AnOverrideOfNoScaleIsRefused) {
  GradingCase one = usual_case({});
  one.reader = record::ReaderOpinion{"", {}, {}, {{"netpett", "P5", "x"}}};
  try {
    grader().grade(one);
    FAIL() << "an unknown scale passed";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), "override_unknown_scale");
  }
}

TEST(Discordance, OfP5IsToldByNumberVolumeShareAndSite) {
  GradingCase one =
      usual_case({lesion("L1", 20, 1), lesion("L2", 1.2, 9, 30, "bone"), lesion("L3", 1.2, 9, 30, "node")});
  one.lesions[0].volume_ml = 30;
  one.lesions[1].volume_ml = 6;
  one.lesions[2].volume_ml = 4;
  const GradingResult result = grader().grade(one);
  using Number = base::Computed<double>;
  EXPECT_EQ(field<Number>(result, "netpet", "discordant_lesions"), Number(2.0));
  EXPECT_EQ(field<Number>(result, "netpet", "discordant_volume_ml"), Number(10.0));
  EXPECT_EQ(field<Number>(result, "netpet", "discordant_share_of_volume"), Number(0.25));
  EXPECT_THAT(field<Ids>(result, "netpet", "discordant_sites"), ElementsAre("bone", "node"));
  EXPECT_TRUE(field<Number>(grader().grade(usual_case({lesion("L1", 20, 1)})), "netpet", "discordant_lesions")
                  .does_not_apply());
}

TEST(Alternatives, UndoOneDefaultEach) {
  const auto other = [](const GradingCase& one, const std::string& name) {
    const GradingResult result = grader().grade(one);
    for (const auto& [found, answer] : field<record::AlternativeValues>(result, "netpet", "alternatives"))
      if (found == name) return answer.value_or("not computable");
    return std::string("missing");
  };
  // FDG 2.5 is above blood pool 2.0, not above liver 2.8; r = (2.5/7)/(2/15) = 2.68.
  EXPECT_EQ(graded(usual_case({lesion("L1", 2.0, 2.5)})), "P2a");
  EXPECT_EQ(other(usual_case({lesion("L1", 2.0, 2.5)}), "faint_by_ratio"), "P4a");
  // SSTR 1.7 lies between blood pool 1.5 and its limit 1.9.
  EXPECT_EQ(graded(usual_case({lesion("L1", 1.7, 9)})), "P5");
  EXPECT_EQ(other(usual_case({lesion("L1", 1.7, 9)}), "equivocal_as_positive"), "P4a");
  GradingLesion unknown = lesion("L1", 1.2, 5);
  unknown.size_mm.reset();
  EXPECT_EQ(graded(usual_case({unknown})), "P5");
  EXPECT_EQ(other(usual_case({unknown}), "unknown_size_as_small"), "P0");
}

}  // namespace
}  // namespace netpet::grading
