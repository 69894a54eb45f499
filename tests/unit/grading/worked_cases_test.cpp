// The worked cases of tests/reference/grading_cases.jsonl; each line names the publication it retells or the
// rule that it holds. SUVs are illustrative.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "grading/graded_documents.h"
#include "record/json.h"

namespace netpet::grading {
namespace {

using nlohmann::json;

std::vector<json> worked_cases() {
  std::ifstream file(std::string(NETPET_TEST_DATA) + "/reference/grading_cases.jsonl");
  std::vector<json> cases;
  for (std::string line; std::getline(file, line);) cases.push_back(json::parse(line));
  return cases;
}

/// As the cases write it: null = not computable.
json or_null(const json& value) {
  return value.is_object() ? json() : value;
}

std::set<std::string> all_flags(const json& answer) {
  std::set<std::string> flags;
  for (const json& warning : answer["warnings"]) flags.insert(warning["code"]);
  for (const json& grade : answer["grades"])
    for (const json& flag : grade["flags"]) flags.insert(flag);
  for (const json& lesion : answer["lesions"])
    for (const json& flag : lesion["flags"]) flags.insert(flag);
  return flags;
}

json cut_off(const json& above) {
  if (!above.is_boolean()) return nullptr;
  return above.get<bool>() ? "above" : "not_above";
}

/// The answer in the form of a case's `expected`.
json in_the_form_of_a_case(const json& answer) {
  const json& grades = answer["grades"];
  const json& netpet = grades["netpet"];
  json krenning = json::object();
  for (const json& lesion : answer["lesions"])
    krenning[lesion["id"].get<std::string>()] = or_null(lesion["krenning"]);
  return {
      {"netpet",
       {{"value", netpet["value"]},
        {"group", netpet["group"]},
        {"target_lesion", netpet["target_lesion"]},
        {"strict_any_size", netpet["strict_any_size"]},
        {"blood_pool_background", netpet["alternatives"]["blood_pool_background"]},
        {"suitability", netpet["suitability"]}}},
      {"karfis", {{"value", grades["karfis"]["value"]}, {"suitability", grades["karfis"]["suitability"]}}},
      {"zidan", {{"value", grades["zidan"]["value"]}, {"suitability", grades["zidan"]["suitability"]}}},
      {"suvmax_scales",
       {{"ezziddin", or_null(grades["ezziddin"]["value"])},
        {"bahri_garin", or_null(grades["bahri_garin"]["value"])},
        {"binderup_3", cut_off(grades["binderup"]["above_3"])},
        {"binderup_9", cut_off(grades["binderup"]["above_9"])}}},
      {"krenning", krenning},
      {"flags", all_flags(answer)}};
}

class WorkedCase : public testing::TestWithParam<json> {};

TEST_P(WorkedCase, IsGradedAsWorkedOut) {
  const Grader grader{base::Resources()};
  const record::GradingCaseInput input = record::read_grading_case(GetParam()["input"]);
  const json answer = json::parse(record::json_of(grader.grade(input.grading_case)).dump());
  EXPECT_THAT(input.warnings, testing::IsEmpty());
  const json found = in_the_form_of_a_case(answer);
  EXPECT_EQ(found, GetParam()["expected"]) << json::diff(GetParam()["expected"], found).dump(1);
}

INSTANTIATE_TEST_SUITE_P(All, WorkedCase, testing::ValuesIn(worked_cases()),
                         [](const auto& one) { return one.param["case"].template get<std::string>(); });

TEST(WorkedCases, AreNinety) {
  EXPECT_EQ(worked_cases().size(), 90U);
}

}  // namespace
}  // namespace netpet::grading
