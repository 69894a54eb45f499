// How sure a grade is: closed forms, and what must hold for any case.
#include "grading/stability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "grading/crossed_limit.h"
#include "grading/grade.h"
#include "grading/simulated_repeat.h"

namespace netpet::grading {
namespace {

using record::GradingCase;
using record::GradingLesion;
using record::Stability;

const base::Resources& resources() {
  static const base::Resources one;
  return one;
}

const Grader& grader() {
  static const Grader one{resources()};
  return one;
}

const MeasurementErrors& published_errors() {
  static const MeasurementErrors one = MeasurementErrors::read(resources());
  return one;
}

/// Nothing is in doubt.
MeasurementErrors no_errors() {
  MeasurementErrors errors;
  errors.seed = published_errors().seed;
  errors.sphere_radius_mm = published_errors().sphere_radius_mm;
  return errors;
}

/// Every standard deviation times `factor`.
MeasurementErrors errors_times(double factor) {
  MeasurementErrors errors = published_errors();
  for (double* sd :
       {&errors.sstr.scan, &errors.sstr.lesion, &errors.fdg.scan, &errors.fdg.lesion, &errors.suvpeak_noise,
        &errors.suvmax_noise, &errors.sstr_references.other, &errors.fdg_references.other,
        &errors.reference_sd, &errors.ct_size_share, &errors.ct_size_least_mm, &errors.pet_size_share,
        &errors.pet_size_least_mm, &errors.volume})
    *sd *= factor;
  for (auto* references : {&errors.sstr_references, &errors.fdg_references})
    for (auto& [organ, sd] : references->organ) sd *= factor;
  return errors;
}

record::GradingResult repeated(const GradingCase& one, const MeasurementErrors& errors, std::size_t draws) {
  static const PositivityRules rules = PositivityRules::read(resources());
  static const Netpet netpet(resources());
  static const Krenning krenning(resources());
  static const Ezziddin ezziddin(resources());
  static const BahriGarin bahri_garin(resources());
  static const Binderup binderup(resources());
  record::GradingResult result = grader().grade(one);
  add_stability(errors, {netpet, krenning, ezziddin, bahri_garin, binderup}, Assessment(rules, one), draws,
                result);
  return result;
}

const Stability& stability(const record::GradingResult& result, const char* scale = "netpet") {
  return *result.grade(scale)->stability;
}

record::Reference reference(double mean, double sd, std::optional<double> max = std::nullopt) {
  record::Reference one;
  one.mean = mean;
  one.sd = sd;
  one.max = max;
  one.volume_ml = 14;
  return one;
}

GradingCase usual_case(std::vector<GradingLesion> lesions) {
  GradingCase one;
  one.sstr_references = {
      {"blood_pool", reference(1.5, 0.15)}, {"liver", reference(6, 0.6)}, {"spleen", reference(20, 2)}};
  one.fdg_references = {{"blood_pool", reference(1.6, 0.16)}, {"liver", reference(2.2, 0.22, 3.0)}};
  one.lesions = std::move(lesions);
  return one;
}

GradingLesion lesion(std::string id, double sstr, double fdg, double size_mm = 30,
                     std::string site = "node") {
  GradingLesion one;
  one.id = std::move(id);
  one.site = std::move(site);
  one.size_mm = size_mm;
  one.sstr = {sstr, 1.2 * sstr};
  one.fdg = {fdg, 1.2 * fdg};
  return one;
}

GradingCase random_case(base::Random& random) {
  static constexpr std::array kSites{"liver", "node", "bone", "pancreas"};
  std::vector<GradingLesion> lesions;
  const int count = 1 + static_cast<int>(random.uniform(0, 10));
  for (int i = 0; i < count; ++i)
    lesions.push_back(lesion("L" + std::to_string(i + 1), 8 * std::exp(0.8 * random.normal()),
                             2.5 * std::exp(0.5 * random.normal()), random.uniform(5, 40),
                             kSites[random.bits() % kSites.size()]));
  return usual_case(lesions);
}

double normal_integral(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

TEST(Stability, OfOneLesionAtOneLimitIsANormalIntegral) {
  // Only the FDG of the lesion is in doubt. Its limit is 1.6 + 2 × 0.16 = 1.92; a repeat differs from the
  // known measurement by the error of both.
  MeasurementErrors errors = no_errors();
  errors.fdg.lesion = 0.1;
  for (const double fdg : {1.5, 1.8, 1.95, 2.1, 2.2}) {
    const Stability found = stability(repeated(usual_case({lesion("L1", 12, fdg)}), errors, 20000));
    const double expected = normal_integral(std::abs(std::log(fdg / 1.92)) / (0.1 * std::sqrt(2.0)));
    EXPECT_NEAR(found.same, expected, 3.5 * std::sqrt(expected * (1 - expected) / 20000)) << fdg;
  }
}

TEST(Stability, OfAnErrorSharedByTheScanCancelsAgainstTheBackground) {
  // The whole scan is 30 % off: lesion and background move together, while r = (3.5/7)/(9.4/15) = 0.798 does
  // not.
  MeasurementErrors errors = no_errors();
  errors.fdg.scan = 0.3;
  const record::GradingResult result = repeated(usual_case({lesion("L1", 9.4, 3.5)}), errors, 2000);
  EXPECT_EQ(stability(result, "karfis").same, 1);
  EXPECT_NEAR(stability(result).same, 0.5, 0.06);
}

TEST(Stability, IsCertainWithoutErrors) {
  base::Random random(7);
  for (int i = 0; i < 50; ++i) {
    const record::GradingResult result = repeated(random_case(random), no_errors(), 5);
    for (const record::Grade& grade : result.grades) {
      if (!grade.stability) continue;
      EXPECT_EQ(grade.stability->same, 1) << grade.scale;
      EXPECT_FALSE(grade.stability->hangs_on) << grade.scale;
      EXPECT_EQ(grade.stability->shares.size(), 1U) << grade.scale;
      if (!grade.value.has_value()) continue;
      EXPECT_EQ(grade.stability->shares.front().first, grade.value.value()) << grade.scale;
    }
  }
}

TEST(Stability, FallsWithTheErrorOnAverage) {
  double before = 1;
  for (const double factor : {0.25, 0.5, 1.0, 2.0}) {
    base::Random random(11);
    double sum = 0;
    for (int i = 0; i < 60; ++i)
      sum += stability(repeated(random_case(random), errors_times(factor), 100)).same;
    EXPECT_LT(sum / 60, before) << factor;
    before = sum / 60;
  }
}

TEST(Stability, DoesNotDependOnTheOrderOfLesions) {
  base::Random random(13);
  for (int i = 0; i < 30; ++i) {
    GradingCase one = random_case(random);
    for (GradingLesion& lesion : one.lesions) lesion.registration_error_mm = 25;
    const record::GradingResult as_given = repeated(one, published_errors(), 100);
    std::reverse(one.lesions.begin(), one.lesions.end());
    const record::GradingResult reversed = repeated(one, published_errors(), 100);
    for (const record::Grade& grade : as_given.grades)
      EXPECT_EQ(grade.stability, reversed.grade(grade.scale)->stability) << grade.scale;
  }
}

TEST(Stability, IsTheSameOnEveryRun) {
  base::Random random(17);
  const GradingCase one = random_case(random);
  EXPECT_EQ(stability(repeated(one, published_errors(), 300)),
            stability(repeated(one, published_errors(), 300)));
}

TEST(Stability, NamesTheLesionAndTheLimitOnWhichTheGradeHangs) {
  // L1 is far from every limit; L2 would be FDG-positive above 1.92.
  const record::GradingResult result =
      repeated(usual_case({lesion("L1", 20, 0.8), lesion("L2", 20, 1.85)}), published_errors(), 500);
  ASSERT_TRUE(stability(result).hangs_on);
  EXPECT_EQ(stability(result).hangs_on->lesion, "L2");
  EXPECT_EQ(stability(result).hangs_on->limit, in_words(CrossedLimit::fdg_background));
  EXPECT_GT(stability(result).hangs_on->same_if_certain, 0.98);
  EXPECT_THAT(stability(result).sentence, testing::HasSubstr("missed or false lesions are not part of this"));
  EXPECT_THAT(stability(result).sentence, testing::HasSubstr("hangs most on L2"));
}

TEST(Stability, OfADiscordantLesionFallsWhereItsPlaceIsUncertain) {
  GradingCase one = usual_case({lesion("L1", 20, 0.8), lesion("L2", 0.5, 6, 20)});
  EXPECT_EQ(stability(repeated(one, published_errors(), 500)).same, 1);
  one.lesions[1].registration_error_mm = 4;
  EXPECT_GT(stability(repeated(one, published_errors(), 500)).same, 0.99);
  one.lesions[1].registration_error_mm = 40;
  EXPECT_LT(stability(repeated(one, published_errors(), 500)).same, 0.6);
}

TEST(Stability, LooksAtTheGroupToo) {
  // r = (5.6/7)/(15/15) = 0.8: P2 or P3, always P2–4.
  const Stability found = stability(repeated(usual_case({lesion("L1", 15, 5.6)}), published_errors(), 300));
  EXPECT_LT(found.same, 0.8);
  EXPECT_EQ(found.same_group, 1);
  ASSERT_TRUE(found.hangs_on);
  EXPECT_EQ(found.hangs_on->limit, in_words(CrossedLimit::p3_from));
}

TEST(Stability, IsLeftOutWhereItWasNotAskedForAndWhereThereIsNoGrade) {
  GradingCase one = usual_case({lesion("L1", 15, 3)});
  EXPECT_FALSE(grader().grade(one).grade("netpet")->stability);
  one.stability_draws = 10;
  one.lesions[0].sstr = {};
  const record::GradingResult result = grader().grade(one);
  EXPECT_FALSE(result.grade("netpet")->stability);
  EXPECT_TRUE(result.grade("ezziddin")->stability);
}

TEST(SimulatedRepeat, SpreadsLikeTwoMeasurements) {
  const PositivityRules rules = PositivityRules::read(resources());
  const GradingCase one = usual_case({lesion("L1", 15, 3)});
  SimulatedRepeat repeat(published_errors(), one, rules);
  constexpr int kDraws = 20000;
  double sum = 0, squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    repeat.draw(static_cast<std::size_t>(i));
    const double log_ratio = std::log(*repeat.drawn().lesions[0].fdg.suvpeak / 3);
    sum += log_ratio;
    squares += log_ratio * log_ratio;
  }
  const MeasurementErrors& errors = published_errors();
  const double one_measurement =
      std::sqrt(errors.fdg.scan * errors.fdg.scan + errors.fdg.lesion * errors.fdg.lesion +
                errors.suvpeak_noise * errors.suvpeak_noise);
  EXPECT_NEAR(sum / kDraws, 0, 0.005);
  EXPECT_NEAR(std::sqrt(squares / kDraws), std::sqrt(2.0) * errors.widening * one_measurement, 0.003);
}

}  // namespace
}  // namespace netpet::grading
