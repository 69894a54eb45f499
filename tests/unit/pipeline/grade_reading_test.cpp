// What of a reading goes into its grade, and what comes back to its lesions.
#include "pipeline/grade_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace netpet::pipeline {
namespace {

using record::LesionStatus;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

record::Reference reference(double mean, double sd) {
  record::Reference one;
  one.mean = mean;
  one.sd = sd;
  one.max = mean + 3 * sd;
  one.volume_ml = 30;
  return one;
}

record::Uptake uptake(double suv) {
  record::Uptake one;
  one.suvpeak = suv;
  one.suvmax = suv;
  return one;
}

record::Lesion lesion(std::string id, LesionStatus status, double sstr, double fdg) {
  record::Lesion one;
  one.id = std::move(id);
  one.status = status;
  one.status_reason = "reader: brown fat";
  one.site = "node";
  one.size_mm = 30.0;
  one.volume_ml = 8.0;
  one.sstr = uptake(sstr);
  one.fdg = uptake(fdg);
  return one;
}

record::Reading graded(std::vector<record::Lesion> lesions, std::string sstr_tracer = "68Ga-DOTATATE",
                       record::TracerClass tracer_class = record::TracerClass::sstr) {
  record::Reading reading;
  reading.sstr.emplace();
  reading.sstr->tracer.name = std::move(sstr_tracer);
  reading.sstr->tracer.tracer_class = tracer_class;
  reading.fdg.emplace();
  reading.registration.emplace();
  reading.interval_days = 7.0;
  reading.sstr_references = {{"blood_pool", reference(1.5, 0.15)}, {"liver", reference(5, 0.5)}};
  reading.fdg_references = {{"blood_pool", reference(1.6, 0.16)}, {"liver", reference(2.2, 0.2)}};
  reading.lesions = std::move(lesions);
  grade_reading(reading, base::Resources());
  return reading;
}

const record::Grade& grade_of(const record::Reading& reading, const std::string& scale) {
  return *std::find_if(reading.grades.begin(), reading.grades.end(),
                       [&](const record::Grade& one) { return one.scale == scale; });
}
std::string netpet(const record::Reading& reading) {
  return grade_of(reading, "netpet").value.value_or("not computable");
}

const auto receptor_positive = [](const char* id) { return lesion(id, LesionStatus::unreviewed, 30, 1); };
const auto discordant = [](const char* id, LesionStatus status) { return lesion(id, status, 0.5, 12); };

TEST(GradeReading, AnUnreviewedLesionCounts) {
  EXPECT_EQ(netpet(graded({receptor_positive("L1")})), "P1");
  EXPECT_EQ(netpet(graded({receptor_positive("L1"), discordant("L2", LesionStatus::unreviewed)})), "P5");
}

TEST(GradeReading, PhysiologicUptakeStaysInTheListAndOutOfTheGrade) {
  const auto alone = graded({receptor_positive("L1")});
  const auto reading = graded({receptor_positive("L1"), discordant("L2", LesionStatus::physiologic)});
  EXPECT_EQ(netpet(reading), "P1");
  EXPECT_EQ(reading.headline, alone.headline);
  EXPECT_THAT(grade_of(reading, "netpet").flags, Not(Contains("excluded_uptake")));
  ASSERT_EQ(reading.lesions.size(), 2U);
  EXPECT_TRUE(reading.lesions[0].decides);
  EXPECT_FALSE(reading.lesions[1].decides);
  EXPECT_THAT(reading.lesions[1].netpet_pattern, IsEmpty());
  EXPECT_THAT(reading.lesions[1].flags, IsEmpty());
}

TEST(GradeReading, AnExcludedLesionDoesNotGradeAndIsFlaggedOnItselfAndOnTheGrade) {
  const auto reading = graded({receptor_positive("L1"), discordant("L2", LesionStatus::excluded)});
  EXPECT_EQ(netpet(reading), "P1");
  EXPECT_THAT(grade_of(reading, "netpet").flags, Contains("excluded_uptake"));
  EXPECT_THAT(reading.lesions[1].flags, testing::ElementsAre("excluded_uptake"));
  EXPECT_FALSE(reading.lesions[1].decides);
  EXPECT_THAT(reading.lesions[0].flags, Not(Contains("excluded_uptake")));
}

TEST(GradeReading, WhatGradingSaysOfALesionIsWrittenToThatLesionWhateverTheirOrder) {
  const auto forth = graded({receptor_positive("L1"), discordant("L2", LesionStatus::pathologic)});
  const auto back = graded({discordant("L2", LesionStatus::pathologic), receptor_positive("L1")});
  for (const auto& [hot, cold] :
       {std::pair(forth.lesions[0], forth.lesions[1]), std::pair(back.lesions[1], back.lesions[0])}) {
    EXPECT_EQ(hot.pattern, "S+F-");
    EXPECT_EQ(cold.pattern, "S-F+");
    EXPECT_TRUE(hot.sstr->positive.value());
    EXPECT_FALSE(hot.fdg->positive.value());
    EXPECT_EQ(hot.sstr->background, "blood_pool");
    EXPECT_FALSE(cold.sstr->positive.value());
    EXPECT_TRUE(cold.fdg->positive.value());
    EXPECT_TRUE(cold.decides);
    EXPECT_FALSE(hot.decides);
  }
  EXPECT_EQ(forth.biopsy_target, "L2");
  EXPECT_EQ(back.biopsy_target, "L2");
}

TEST(GradeReading, AStudyThatWasNotGivenLeavesNoDualTracerGrade) {
  record::Reading reading = graded({receptor_positive("L1")});
  record::Reading alone;
  alone.sstr = reading.sstr;
  alone.sstr_references = reading.sstr_references;
  alone.lesions = {receptor_positive("L1")};
  alone.lesions[0].fdg.reset();
  grade_reading(alone, base::Resources());
  EXPECT_EQ(netpet(alone), "NA");
  EXPECT_THAT(grade_of(alone, "netpet").flags, Contains("tracer_missing"));
  EXPECT_TRUE(alone.lesions[0].krenning.has_value());
}

TEST(GradeReading, APostTherapyScanIsNotGraded) {
  const auto reading = graded({receptor_positive("L1")}, "177Lu-DOTATATE", record::TracerClass::therapy);
  EXPECT_EQ(netpet(reading), "NA");
  EXPECT_THAT(grade_of(reading, "netpet").flags, Contains("post_therapy_scan"));
}

TEST(GradeReading, ATracerWithoutPublishedWindowsIsFlagged) {
  EXPECT_THAT(grade_of(graded({receptor_positive("L1")}), "netpet").flags,
              Not(Contains("window_not_published")));
  EXPECT_THAT(grade_of(graded({receptor_positive("L1")}, "68Ga-DOTATOC"), "netpet").flags,
              Contains("window_not_published"));
}

TEST(GradeReading, ScansFarApartWarn) {
  record::Reading reading = graded({receptor_positive("L1")});
  EXPECT_THAT(reading.warnings, IsEmpty());
  reading.interval_days = 32.0;
  grade_reading(reading, base::Resources());
  ASSERT_EQ(reading.warnings.size(), 1U);
  EXPECT_EQ(reading.warnings[0].code, "interval_gt_31d");
}

}  // namespace
}  // namespace netpet::pipeline
