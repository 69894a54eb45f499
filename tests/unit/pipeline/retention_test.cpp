#include "pipeline/retention.h"

#include <gtest/gtest.h>

namespace netpet::pipeline {
namespace {

record::Reading therapy_reading() {
  record::Reading reading;
  reading.sstr.emplace();
  reading.sstr->tracer.tracer_class = record::TracerClass::therapy;
  reading.sstr->weight_kg = 80;
  reading.lesions.resize(2);
  for (record::Lesion& lesion : reading.lesions) {
    lesion.sstr.emplace();
    lesion.sstr->outlined = true;
  }
  reading.lesions[0].sstr->total_uptake = 400.0;
  reading.lesions[1].sstr->total_uptake = 1200.0;
  return reading;
}

TEST(Retention, ALesionWithFourHundredGramsOfUptakeInEightyKilogramsHoldsHalfAPercent) {
  const auto scan = retention_of(therapy_reading());
  ASSERT_TRUE(scan);
  ASSERT_EQ(scan->lesions.size(), 2U);
  EXPECT_NEAR(scan->lesions[0].percent.value(), 0.5, 1e-12);
  EXPECT_NEAR(scan->total_percent.value(), 2.0, 1e-12);
  EXPECT_FALSE(scan->hours_after_administration.has_value());
}

TEST(Retention, PhysiologicUptakeDoesNotCount) {
  record::Reading reading = therapy_reading();
  reading.lesions[1].status = record::LesionStatus::physiologic;
  EXPECT_NEAR(retention_of(reading)->total_percent.value(), 0.5, 1e-12);
}

TEST(Retention, ADiagnosticScanHasNone) {
  record::Reading reading = therapy_reading();
  reading.sstr->tracer.tracer_class = record::TracerClass::sstr;
  EXPECT_FALSE(retention_of(reading));
}

}  // namespace
}  // namespace netpet::pipeline
