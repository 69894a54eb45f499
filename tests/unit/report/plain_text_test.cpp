#include "report/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up_reading.h"
#include "report/reading_report.h"
#include "report/text_table.h"

namespace netpet::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(const record::Reading& reading) {
  const base::Resources resources;
  return to_plain_text(reading_report(reading, {}, Texts(resources)));
}

TEST(PlainText, ItSaysThatItIsForResearchAndUnsigned) {
  const std::string text = text_of(testing::made_up_reading());
  EXPECT_TRUE(text.starts_with("For research use only."));
  EXPECT_LT(text.find("Unsigned – not verified"), std::size_t{120});
}

TEST(PlainText, WhyANumberIsMissingStandsBelowItsTableOnce) {
  record::Reading reading = testing::made_up_reading();
  for (int i : {0, 1}) reading.lesions[i].sstr->suvmax = base::NotComputable{"cut by the edge of the scan"};
  const std::string text = text_of(reading);
  const std::size_t note = text.find("(1) cannot be computed: cut by the edge of the scan");
  ASSERT_NE(note, std::string::npos);
  EXPECT_THAT(text.substr(0, note), HasSubstr("n/c (1)"));
  EXPECT_EQ(text.find("cut by the edge of the scan", note + 40), std::string::npos);
}

TEST(PlainText, LesionsWhoseScoreWasLookedForWithinThemAreListedWithTheirParts) {
  record::Reading reading = testing::made_up_reading();
  EXPECT_THAT(text_of(reading), Not(HasSubstr("Uptake within the lesions")));
  reading.lesions[1].heterogeneous = true;
  reading.lesions[1].sub_regions = {{4, 71.55, 29.94}, {3, 8.83, 11.28}};
  reading.lesions[1].sstr->cov = 0.153;
  const std::string text = text_of(reading);
  EXPECT_THAT(text, HasSubstr("Uptake within the lesions"));
  EXPECT_THAT(text, HasSubstr("score 4: 71.5 mL, SUVmean 29.9; score 3: 8.8 mL, SUVmean 11.3"));
  EXPECT_THAT(text, HasSubstr("0.15"));
}

TEST(PlainText, NoHeaderTextAddsALineOrMovesTheCursor) {
  record::Reading reading = testing::made_up_reading();
  reading.patient.name = "Doe^Jane\n\nSigned by nobody\x1b[2J";
  reading.lesions[0].location = "liver\nL99: pathologic";
  const std::string text = text_of(reading);
  EXPECT_THAT(text, Not(HasSubstr("\nSigned by nobody")));
  EXPECT_THAT(text, Not(HasSubstr("\nL99")));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(TextTable, ColumnsAreAlignedAndNumbersStandOnTheRight) {
  Table table{"", {{"Region", "", ColumnKind::text}, {"Mean", "g/mL", ColumnKind::number}}};
  table.row({"Liver", "5.94"}).row({"Überlauf", "12.10"});
  EXPECT_THAT(text_table(table, 60), ElementsAre("Region    Mean (g/mL)", "--------  -----------",
                                                 "Liver            5.94", "Überlauf        12.10"));
}

TEST(TextTable, WhatIsTooWideBecomesNamesAndValues) {
  Table table{"", {{"Id"}, {"Site"}, {"Uptake", "g/mL", ColumnKind::number}}, {{"", 2}, {"SSTR", 1}}};
  table.row({"L1", "peritoneum-and-retroperitoneum", "5.9"});
  EXPECT_THAT(text_table(table, 40),
              ElementsAre("L1: Site:", "  peritoneum-and-retroperitoneum; SSTR", "  Uptake (g/mL): 5.9"));
}

TEST(TextTable, LinesAreBrokenBetweenWordsOnly) {
  const auto lines = wrapped("one two  three four-and-twenty five", 9);
  EXPECT_THAT(lines, ElementsAre("one two", "three", "four-and-twenty", "five"));
}

}  // namespace
}  // namespace netpet::report
