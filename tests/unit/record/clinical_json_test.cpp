// Clinical facts and the reader's opinion: what is understood, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "record/clinical_json.h"
#include "record/grading_case_json.h"

namespace netpet::record {
namespace {

using testing::HasSubstr;

std::string refusal(const std::string& text) {
  try {
    read_clinical(parse_json(text), "clinical");
  } catch (const base::Error& error) {
    return error.code() + ": " + error.message();
  }
  return "not refused";
}

TEST(Clinical, HoldsWhatTheContractNames) {
  const Clinical clinical = parse_clinical(
      R"({"primary":"pancreas","metastatic":true,
          "pathology":[{"date":"2024-01-31","site":"liver","ki67_percent":5,"mitoses_per_2mm2":1,
                        "differentiation":"well","edition":"WHO 2019"}],
          "therapies":[{"kind":"ssa","start":"2023-05-01","end":null,"last_dose":"2024-01-10T08:00:00"}],
          "glucose_mmol_l":5.4,"metformin":false,"g_csf":true,"splenectomy":false,"germline":"SDHB",
          "markers":[{"name":"chromogranin_a","date":"2024-01-01","value":80,"unit":"ng/mL"}]})",
      "clinical.json");
  EXPECT_EQ(clinical.primary, "pancreas");
  EXPECT_EQ(clinical.metastatic, true);
  ASSERT_EQ(clinical.pathology.size(), 1U);
  EXPECT_EQ(clinical.pathology[0].date, base::make_date(2024, 1, 31));
  EXPECT_EQ(clinical.pathology[0].differentiation, Differentiation::well);
  EXPECT_EQ(clinical.pathology[0].ki67_percent, 5);
  ASSERT_EQ(clinical.therapies.size(), 1U);
  EXPECT_EQ(clinical.therapies[0].last_dose, base::make_date(2024, 1, 10));
  EXPECT_FALSE(clinical.therapies[0].end);
  EXPECT_EQ(clinical.g_csf, true);
  EXPECT_EQ(clinical.splenectomy, false);
  EXPECT_EQ(clinical.markers.at(0).value, 80);
}

TEST(Clinical, MayBeEmpty) {
  const Clinical clinical = parse_clinical("{}", "clinical.json");
  EXPECT_TRUE(clinical.primary.empty());
  EXPECT_FALSE(clinical.metastatic);
}

TEST(Clinical, AMisspeltKeyIsRefusedByItsPlace) {
  EXPECT_THAT(refusal(R"({"splenectomie":true})"), HasSubstr("unknown_key: clinical.splenectomie"));
  EXPECT_THAT(refusal(R"({"pathology":[{"ki67":5}]})"), HasSubstr("unknown_key: clinical.pathology[0].ki67"));
  EXPECT_THAT(refusal(R"({"therapies":[{"kind":"ssa","begin":"2024-01-01"}]})"),
              HasSubstr("unknown_key: clinical.therapies[0].begin"));
}

TEST(Clinical, ValuesThatCannotBeAreRefused) {
  EXPECT_THAT(refusal(R"({"pathology":[{"ki67_percent":101}]})"),
              HasSubstr("value_out_of_range: clinical.pathology[0].ki67_percent is 101"));
  EXPECT_THAT(refusal(R"({"pathology":[{"ki67_percent":-1}]})"), HasSubstr("negative_value"));
  EXPECT_THAT(refusal(R"({"pathology":[{"date":"31.1.2024"}]})"), HasSubstr("wrong_type"));
  EXPECT_THAT(refusal(R"({"pathology":[{"date":"2024-02-30"}]})"), HasSubstr("wrong_type"));
  EXPECT_THAT(refusal(R"({"pathology":[{"differentiation":"moderate"}]})"), HasSubstr("unknown_value"));
  EXPECT_THAT(refusal(R"({"therapies":[{"kind":"prrt","start":"2024-02-01","end":"2024-01-01"}]})"),
              HasSubstr("dates_contradict"));
  EXPECT_THAT(refusal(R"({"metastatic":"yes"})"), HasSubstr("wrong_type: clinical.metastatic"));
  EXPECT_THAT(refusal(R"({"pathology":{}})"), HasSubstr("wrong_type: clinical.pathology must be a list"));
}

TEST(Clinical, ARefusalNamesTheFile) {
  try {
    parse_clinical("{", "clinical.json");
    FAIL() << "half an object passed";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), "json_malformed");
    EXPECT_EQ(error.file(), "clinical.json");
  }
}

std::string opinion_refusal(const std::string& text) {
  try {
    read_reader_opinion(parse_json(text), "reader");
  } catch (const base::Error& error) {
    return error.code() + ": " + error.message();
  }
  return "not refused";
}

TEST(ReaderOpinion, TakesVisualScoresAndOverrides) {
  const ReaderOpinion opinion =
      read_reader_opinion(parse_json(R"({"name":"Dr A","visual":{"netpet":"P2","krenning":4},
                     "overrides":[{"scale":"netpet","value":"P5","reason":"photopenic centre"}]})"),
                          "reader");
  EXPECT_EQ(opinion.netpet, "P2");
  EXPECT_EQ(opinion.krenning, 4);
  ASSERT_EQ(opinion.overrides.size(), 1U);
  EXPECT_EQ(opinion.overrides[0].reason, "photopenic centre");
}

TEST(ReaderOpinion, AScoreThatDoesNotExistIsRefused) {
  EXPECT_THAT(opinion_refusal(R"({"visual":{"netpet":"P6"}})"), HasSubstr("unknown_value"));
  EXPECT_THAT(opinion_refusal(R"({"visual":{"netpet":"P5a"}})"), HasSubstr("unknown_value"));
  EXPECT_THAT(opinion_refusal(R"({"visual":{"krenning":2.5}})"), HasSubstr("unknown_value"));
  EXPECT_THAT(opinion_refusal(R"({"visual":{"krenning":1e300}})"), HasSubstr("unknown_value"));
  EXPECT_THAT(opinion_refusal(R"({"overrides":[{"scale":"netpet","value":"P5"}]})"),
              HasSubstr("missing_field: reader.overrides[0].reason"));
}

std::string case_with(const std::string& more) {
  return R"({"references":{"sstr":{"blood_pool":{"mean":1.5,"sd":0.2}},"fdg":{"blood_pool":{"mean":1.6,"sd":0.2}}},)" +
         more + R"("lesions":[]})";
}

TEST(GradingCase, DatesOfTheScansGiveTheInterval) {
  const auto input =
      read_grading_case(parse_json(case_with(R"("scan_dates":{"sstr":"2024-01-31","fdg":"2024-01-02"},)")));
  EXPECT_EQ(input.grading_case.interval_days, 29);
}

TEST(GradingCase, AnIntervalThatContradictsTheDatesIsRefused) {
  try {
    read_grading_case(
        parse_json(case_with(R"("interval_days":5,"scan_dates":{"sstr":"2024-01-31","fdg":"2024-01-02"},)")));
    FAIL() << "5 days passed for 29";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), "interval_contradicts_dates");
  }
}

}  // namespace
}  // namespace netpet::record
