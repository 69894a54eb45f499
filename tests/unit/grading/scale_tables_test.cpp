// The tables of the scales: nothing unknown passes, and a table below --rules moves the answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "made_up_case.h"

namespace netpet::grading {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using nlohmann::json;

std::vector<std::string> scale_tables() {
  return base::Resources().list("data/scales/");
}

/// The built-in tables with one of them replaced.
base::Resources with_table(const std::string& path, const json& table) {
  const std::filesystem::path rules =
      std::filesystem::temp_directory_path() /
      ("netpet_rules_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" +
       ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::remove_all(rules);
  const std::filesystem::path file = rules / path.substr(std::string("data/").size());
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << table.dump();
  base::Resources resources = base::Resources::with_rules(rules);
  std::filesystem::remove_all(rules);
  return resources;
}

TEST(ScaleTables, RefuseAKeyThatNobodyReads) {
  for (const std::string& path : scale_tables()) {
    json table = json::parse(base::Resources().text(path));
    table["unknown_setting"] = 1;
    try {
      const Grader grader{with_table(path, table)};
      ADD_FAILURE() << path;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), "rules_malformed") << path;
    }
  }
}

TEST(ScaleTables, RefuseToDoWithoutAnyOfTheirKeys) {
  for (const std::string& path : scale_tables()) {
    const json whole = json::parse(base::Resources().text(path));
    for (const auto& [key, value] : whole.items()) {
      json table = whole;
      table.erase(key);
      try {
        const Grader grader{with_table(path, table)};
        ADD_FAILURE() << path << " without " << key;
      } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), "rules_malformed") << path << " without " << key;
      }
    }
  }
}

TEST(ScaleTables, EveryScaleNamesItsSourceAndPopulation) {
  const record::GradingResult result = grader().grade(usual_case({lesion("L1", 20, 4)}));
  EXPECT_GE(result.grades.size(), 17U);
  for (const record::Grade& grade : result.grades) {
    EXPECT_FALSE(grade.title.empty()) << grade.scale;
    EXPECT_FALSE(grade.source.empty()) << grade.scale;
    EXPECT_FALSE(grade.population.empty()) << grade.scale;
  }
}

TEST(Netpet, BothWindowsScaledByOneFactorLeaveTheUnclippedValue) {
  const std::string path = "data/scales/netpet.json";
  json table = json::parse(base::Resources().text(path));
  for (const char* window : {"sstr_suv", "fdg_suv"})
    table["windows"][window] = table["windows"][window].get<double>() * 1.7;
  const Grader scaled{with_table(path, table)};
  base::Random random(23);
  for (int i = 0; i < 300; ++i) {
    const record::GradingCase one = random_case(random);
    EXPECT_EQ(value(scaled.grade(one)), graded(one));
  }
}

TEST(Scales, OtherThanTheReadersDoNotDependOnTheOrderOfLesions) {
  base::Random random(29);
  for (int i = 0; i < 100; ++i) {
    record::GradingCase one = random_case(random);
    one.clinical.emplace().primary = "medullary_thyroid";
    const record::GradingResult before = grader().grade(one);
    std::reverse(one.lesions.begin(), one.lesions.end());
    const record::GradingResult after = grader().grade(one);
    for (const record::Grade& grade : before.grades) {
      if (!grade.value.has_value()) continue;
      EXPECT_EQ(after.grade(grade.scale)->value, grade.value) << grade.scale;
      EXPECT_EQ(after.grade(grade.scale)->suitability, grade.suitability) << grade.scale;
    }
    EXPECT_EQ(after.biopsy_target, before.biopsy_target);
  }
}

TEST(Netpet, WithoutItsTargetIsGradedByTheRest) {
  base::Random random(31);
  int seen = 0;
  for (int i = 0; i < 200; ++i) {
    record::GradingCase one = random_case(random);
    const auto target = field<base::Computed<std::string>>(grader().grade(one), "netpet", "target_lesion");
    if (!target.has_value()) continue;
    ++seen;
    record::GradingCase excluded = one, erased = one;
    for (record::GradingLesion& each : excluded.lesions)
      if (each.id == target.value()) each.excluded = "other disease";
    std::erase_if(erased.lesions, [&](const auto& each) { return each.id == target.value(); });
    EXPECT_EQ(graded(excluded), graded(erased));
  }
  EXPECT_GT(seen, 100);
}

}  // namespace
}  // namespace netpet::grading
