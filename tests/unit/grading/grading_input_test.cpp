// What a lesion table may be, and how it is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "grading/graded_documents.h"
#include "record/grading_case_csv.h"

namespace netpet::grading {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string kReferences =
    R"({"sstr":{"blood_pool":{"mean":1.5,"sd":0.2},"liver":{"mean":6.0,"sd":0.8}},)"
    R"("fdg":{"blood_pool":{"mean":1.6,"sd":0.2},"liver":{"mean":2.2,"sd":0.3,"max":3.1}}})";

std::string case_with(const std::string& lesions) {
  return R"({"references":)" + kReferences + R"(,"interval_days":10,"lesions":[)" + lesions + "]}";
}

const std::string kLesion = R"({"id":"L1","site":"liver","sstr":{"suvpeak":25},"fdg":{"suvpeak":4}})";

GradedDocuments graded(const std::string& text) {
  static const Grader grader{base::Resources()};
  return grade_json(text, layout_of(text), AnswerForm::document, grader, base::Run());
}

/// "code: message" of the refusal.
std::string refusal(const std::string& text) {
  try {
    graded(text);
  } catch (const base::Error& error) {
    return error.code() + ": " + error.message();
  }
  return "not refused";
}

TEST(GradeInput, ARefusalNamesThePlaceOfTheValue) {
  EXPECT_THAT(refusal(case_with(R"({"id":"L1","sstr":{"suvpeak":-1}})")),
              HasSubstr("negative_value: lesions[0].sstr.suvpeak is -1"));
  EXPECT_THAT(refusal(case_with(R"({"id":"L1","size_mm":"30"})")),
              HasSubstr("wrong_type: lesions[0].size_mm must be a number"));
  EXPECT_THAT(refusal(case_with(kLesion + "," + kLesion)), HasSubstr("duplicate_lesion_id: lesions[1].id"));
  EXPECT_THAT(refusal(case_with(R"({"id":7})")), HasSubstr("wrong_type: lesions[0].id must be text"));
  EXPECT_THAT(refusal(case_with(R"({"site":"liver"})")), HasSubstr("missing_field: lesions[0].id"));
  EXPECT_THAT(refusal(case_with("3")), HasSubstr("wrong_type: lesions[0] must be an object"));
  EXPECT_THAT(refusal(case_with(R"({"id":"L1","size_source":"guess"})")), HasSubstr("unknown_value"));
  EXPECT_THAT(refusal(case_with(R"({"id":"L1","sstr":{"suvpeak":1e999}})")), HasSubstr("json_malformed"));
  EXPECT_THAT(refusal(R"({"references":{"sstr":{"blood_pool":{"mean":1.5,"sd":-0.2}}},"lesions":[]})"),
              HasSubstr("negative_value: references.sstr.blood_pool.sd"));
  EXPECT_THAT(refusal(R"({"references":{"sstr":{"blood_pool":{"mean":0,"sd":0.2}}},"lesions":[]})"),
              HasSubstr("reference_not_positive"));
}

TEST(GradeInput, WithoutBloodPoolIsRefused) {
  EXPECT_THAT(
      refusal(R"({"references":{"sstr":{"blood_pool":{"mean":1.5,"sd":0.2}},"fdg":{}},"lesions":[]})"),
      HasSubstr("blood_pool_missing: references.fdg.blood_pool"));
}

TEST(GradeInput, ThatIsNotACaseIsRefused) {
  EXPECT_THAT(refusal(""), HasSubstr("json_malformed"));
  EXPECT_THAT(refusal("{"), HasSubstr("json_malformed"));
  EXPECT_THAT(refusal("3"), HasSubstr("wrong_type"));
  EXPECT_THAT(refusal("{}"), HasSubstr("missing_field"));
  EXPECT_THAT(refusal(R"({"a":1,"a":2})"), HasSubstr("json_duplicate_key"));
  EXPECT_THAT(refusal(std::string(200000, '[')), HasSubstr("json_too_deep"));
  EXPECT_THAT(refusal(std::string("\0\0\0", 3)), HasSubstr("json_malformed"));
}

TEST(GradeInput, AnUnknownFieldWarnsAndIsLeftOut) {
  const json answer =
      json::parse(graded(case_with(R"({"id":"L1","colour":"red","sstr":{"suvpeak":25}})")).text);
  ASSERT_EQ(answer["warnings"].size(), 1U);
  EXPECT_EQ(answer["warnings"][0]["code"], "unknown_field");
  EXPECT_EQ(answer["warnings"][0]["message"], "lesions[0].colour is not known and was not used");
}

TEST(GradeInput, AnArrayGivesAnArrayWithRefusalsInTheirPlace) {
  const GradedDocuments documents = graded("[" + case_with(kLesion) + ",{}," + case_with(kLesion) + "]");
  const json answers = json::parse(documents.text);
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(documents.refused, 1U);
  EXPECT_EQ(answers[0]["grades"]["netpet"]["value"], "P2a");
  EXPECT_EQ(answers[1]["error"]["code"], "missing_field");
  EXPECT_EQ(answers[2], answers[0]);
  EXPECT_EQ(json::parse(graded("[]").text), json::array());
}

TEST(GradeInput, LinesGiveLinesEvenWhereTheFirstIsBroken) {
  const GradedDocuments documents = graded("{\"lesions\":\n\n" + case_with(kLesion) + "\r\n");
  std::istringstream lines(documents.text);
  std::string first, second, third;
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_FALSE(std::getline(lines, third));
  EXPECT_EQ(json::parse(first)["error"]["code"], "json_malformed");
  EXPECT_EQ(json::parse(second)["grades"]["netpet"]["value"], "P2a");
  EXPECT_EQ(documents.refused, 1U);
}

TEST(GradeInput, AnIndentedObjectIsOneCase) {
  EXPECT_EQ(layout_of(json::parse(case_with(kLesion)).dump(2)), JsonLayout::one_case);
}

TEST(GradeInput, AStudyThatWasNotMadeNeedsNoReferences) {
  const std::string text =
      R"({"tracers":{"sstr":"68Ga-DOTATATE","fdg":null},"references":{"sstr":{"blood_pool":{"mean":1.5,"sd":0.2}}},)"
      R"("lesions":[{"id":"L1","sstr":{"suvpeak":12}}]})";
  const json answer = json::parse(graded(text).text);
  EXPECT_EQ(answer["grades"]["netpet"]["value"], "NA");
  EXPECT_EQ(answer["grades"]["zidan"]["flags"], json({"tracer_missing"}));
}

record::GradingCaseInput from_csv(const std::string& table) {
  record::GradingCaseInput input = record::read_grading_references(record::parse_json(kReferences));
  record::read_lesions_csv(table, input);
  return input;
}

TEST(GradeCsv, HoldsTheSameLesionsAsTheDocument) {
  const std::string table =
      "\xEF\xBB\xBFid,site,size_mm,size_source,volume_ml,sstr_suvpeak,sstr_suvmax,fdg_suvpeak,fdg_suvmax,"
      "excluded\r\n"
      "L1,liver,25,ct,,25.0,31.0,1.8,,\r\n"
      "\"U,1\",pancreas,,,0.8,,6.5,,1.5,\"the \"\"hook\"\"\"\r\n";
  const auto from_table = from_csv(table).grading_case.lesions;
  const auto from_document =
      record::read_grading_case(
          record::parse_json(case_with(
              R"({"id":"L1","site":"liver","size_mm":25,"size_source":"ct","sstr":{"suvpeak":25.0,"suvmax":31.0},"fdg":{"suvpeak":1.8}},)"
              R"({"id":"U,1","site":"pancreas","volume_ml":0.8,"sstr":{"suvmax":6.5},"fdg":{"suvmax":1.5},"excluded":"the \"hook\""})")))
          .grading_case.lesions;
  ASSERT_EQ(from_table.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(from_table[i].id, from_document[i].id);
    EXPECT_EQ(from_table[i].size_mm, from_document[i].size_mm);
    EXPECT_EQ(from_table[i].size_source, from_document[i].size_source);
    EXPECT_EQ(from_table[i].volume_ml, from_document[i].volume_ml);
    EXPECT_EQ(from_table[i].sstr, from_document[i].sstr);
    EXPECT_EQ(from_table[i].fdg, from_document[i].fdg);
    EXPECT_EQ(from_table[i].excluded, from_document[i].excluded);
  }
}

TEST(GradeCsv, RefusesWhatItWouldHaveToGuess) {
  for (const char* table : {"", "site\nliver\n", "id,size_mm\nL1\n", "id,size_mm\nL1,\"2,5\"\n",
                            "id,size_mm\nL1,2mm\n", "id,id\nL1,L2\n", "id\n\"L1\n"})
    try {
      from_csv(table);
      ADD_FAILURE() << table;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), "csv_malformed") << table;
    }
}

}  // namespace
}  // namespace netpet::grading
