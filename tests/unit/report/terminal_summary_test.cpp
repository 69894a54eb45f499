#include "report/terminal_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up_reading.h"

namespace netpet::report {
namespace {

using ::testing::HasSubstr;

std::string summary_of(const record::Reading& reading) {
  const base::Resources resources;
  return terminal_summary(reading, Texts(resources));
}

TEST(TerminalSummary, ItHoldsGradeTracersReferencesAndTheResearchLabel) {
  const std::string summary = summary_of(testing::made_up_reading());
  for (const char* part : {"Doe, Jane", "P5: receptor-negative", "68Ga-DOTATATE", "18F-FDG", "Liver 5.1",
                           "3.2 mm", "Karfis C3", "For research use only"})
    EXPECT_THAT(summary, HasSubstr(part));
}

TEST(TerminalSummary, ItStaysShortHoweverManyWarningsThereAre) {
  record::Reading reading = testing::made_up_reading();
  for (int i = 0; i < 50; ++i) reading.warnings.push_back({"many", "warning"});
  const std::string summary = summary_of(reading);
  EXPECT_LE(std::count(summary.begin(), summary.end(), '\n'), 15);
  EXPECT_THAT(summary, HasSubstr("and 47 more warnings"));
}

TEST(TerminalSummary, NoHeaderTextMovesTheCursorOrAddsALine) {
  record::Reading reading = testing::made_up_reading();
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  const auto expected = lines(summary_of(reading));
  reading.patient.name = "\x1B[2JDoe\nGrade  P1";
  reading.sstr->tracer.name = "\x1B]0;x\x07";
  const std::string summary = summary_of(reading);
  EXPECT_EQ(summary.find('\x1B'), std::string::npos);
  EXPECT_EQ(lines(summary), expected);
}

}  // namespace
}  // namespace netpet::report
