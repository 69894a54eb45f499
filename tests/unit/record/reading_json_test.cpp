#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {
namespace {

TEST(ReadingJson, NumbersHaveSixSignificantDigits) {
  EXPECT_EQ(number(0.00042748316187).dump(), "0.000427483");
  EXPECT_EQ(number(-123.456789).dump(), "-123.457");
  EXPECT_EQ(number(185123456).dump(), "185123000");
  EXPECT_EQ(number(12).dump(), "12");
  EXPECT_EQ(number(-0.0).dump(), "0");
}

TEST(ReadingJson, ANumberThatIsNotFiniteIsOurBug) {
  EXPECT_THROW(number(std::numeric_limits<double>::quiet_NaN()), base::Error);
  EXPECT_THROW(number(std::numeric_limits<double>::infinity()), base::Error);
  Lesion lesion;
  lesion.size_mm = std::numeric_limits<double>::infinity();
  EXPECT_THROW(json_of(lesion), base::Error);
}

TEST(ReadingJson, ThreeStatesOfANumberAreToldApart) {
  Lesion lesion;
  lesion.sstr.emplace();
  lesion.sstr->suvmax = 4.5;
  lesion.sstr->suvpeak = base::NotComputable{"cut by the edge"};
  const Json uptake = json_of(lesion)["uptake"];
  EXPECT_EQ(uptake["sstr"]["suvmax"], 4.5);
  EXPECT_EQ(uptake["sstr"]["suvpeak"], Json({{"not_computable", "cut by the edge"}}));
  EXPECT_TRUE(uptake["sstr"]["suvmean"].is_null());
  EXPECT_TRUE(uptake["fdg"].is_null());
}

TEST(ReadingJson, ALesionHasEveryKeyOfTheContract) {
  const Json lesion = json_of(Lesion{});
  for (const char* key : {"id",
                          "tracking_uid",
                          "parent",
                          "status",
                          "status_reason",
                          "status_by",
                          "status_confidence",
                          "site",
                          "location",
                          "centroid_lps_mm",
                          "centroid_fdg_lps_mm",
                          "size_mm",
                          "size_source",
                          "volume_ml",
                          "registration_error_mm",
                          "uptake",
                          "fdg_to_sstr",
                          "pattern",
                          "netpet_pattern",
                          "krenning",
                          "decides",
                          "sstr_rads",
                          "heterogeneity",
                          "flags"})
    EXPECT_TRUE(lesion.contains(key)) << key;
  EXPECT_TRUE(lesion["sstr_rads"]["category"].is_null());
  EXPECT_TRUE(lesion["sstr_rads"]["needs_reader"].is_array());
}

TEST(ReadingJson, AScanThatWasNotGivenIsNull) {
  Reading reading;
  reading.fdg.emplace();
  const Json json = json_of(reading);
  EXPECT_TRUE(json["scans"]["sstr"].is_null());
  EXPECT_TRUE(json["scans"]["fdg"].is_object());
  EXPECT_TRUE(json["references"]["sstr"].is_null());
  EXPECT_TRUE(json["references"]["fdg"]["liver"].is_null());
  EXPECT_TRUE(json["registration"].is_null());
  EXPECT_TRUE(json["interval_days"].is_null());
  EXPECT_TRUE(json["signed"].is_null());
  EXPECT_EQ(json["reviewed"], false);
}

TEST(ReadingJson, GradesStandUnderTheirScale) {
  Reading reading;
  reading.grades.resize(2);
  reading.grades[0].scale = "netpet";
  reading.grades[0].value = std::string("P2a");
  reading.grades[1].scale = "karfis";
  const Json grades = json_of(reading)["grades"];
  EXPECT_EQ(grades["netpet"]["value"], "P2a");
  EXPECT_EQ(grades.begin().key(), "netpet");
}

TEST(ReadingJson, AMatrixIsWrittenRowByRow) {
  Registration registration;
  registration.rigid.translation = {1, 2, 3};
  registration.fixed_to_moving = registration.rigid;
  EXPECT_EQ(json_of(registration)["rigid"], Json::parse("[1,0,0,1, 0,1,0,2, 0,0,1,3, 0,0,0,1]"));
}

TEST(ReadingJson, ADocumentIsUtf8WhateverAHeaderHeld) {
  Reading reading;
  reading.patient.name = "M\xFCller\x1B";
  const std::string text = text_of(json_of(reading));
  EXPECT_NE(text.find("M\xEF\xBF\xBDller\\u001b"), std::string::npos);
  EXPECT_EQ(text.back(), '\n');
}

TEST(ReadingJson, TheTimeAComputationTookIsNotPartOfTheReading) {
  Registration fast, slow;
  slow.seconds = 100;
  EXPECT_EQ(json_of(fast), json_of(slow));
}

}  // namespace
}  // namespace netpet::record
