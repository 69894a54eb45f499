#include "report/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up_reading.h"

namespace netpet::report {
namespace {

/// Rows of fields by RFC 4180.
std::vector<std::vector<std::string>> parse(const std::string& csv) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    std::string& field = rows.back().back();
    if (quoted && csv[i] == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
      field += csv[++i];
    else if (csv[i] == '"')
      quoted = !quoted;
    else if (!quoted && csv[i] == ',')
      rows.back().emplace_back();
    else if (!quoted && csv[i] == '\r' && i + 1 < csv.size() && csv[i + 1] == '\n') {
      ++i;
      if (i + 1 < csv.size()) rows.push_back({""});
    } else
      field += csv[i];
  }
  return rows;
}

std::size_t column(const std::vector<std::string>& header, const std::string& name) {
  return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
}

TEST(Csv, EveryLesionIsARowAsWideAsTheHeader) {
  const auto rows = parse(lesions_csv(testing::made_up_reading()));
  ASSERT_EQ(rows.size(), 10U);
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
  EXPECT_EQ(rows[3][0], "L3");
  EXPECT_EQ(rows[3][column(rows[0], "sstr_suvmax_g_per_ml")], "3.1");
  EXPECT_EQ(rows[3][column(rows[0], "size_mm")], "27");
  EXPECT_EQ(rows[3][column(rows[0], "decides")], "true");
}

TEST(Csv, HostileTextsStayInTheirFieldAndAreNoFormulas) {
  record::Reading reading = testing::made_up_reading();
  reading.lesions[0].location = "=cmd|' /C calc'!A0\",\r\nL99";
  const auto rows = parse(lesions_csv(reading));
  ASSERT_EQ(rows.size(), 10U);
  EXPECT_EQ(rows[1][column(rows[0], "location")][0], '\'');
  EXPECT_EQ(rows[2][0], "L2");
}

TEST(Csv, ANumberThatIsNotThereIsAnEmptyField) {
  record::Reading reading = testing::made_up_reading();
  reading.lesions[0].fdg.reset();
  reading.lesions[1].size_mm = base::NotComputable{"why"};
  const auto rows = parse(lesions_csv(reading));
  EXPECT_EQ(rows[1][column(rows[0], "fdg_suvmax_g_per_ml")], "");
  EXPECT_EQ(rows[2][column(rows[0], "size_mm")], "");
  EXPECT_EQ(rows[2][column(rows[0], "size_source")], "");
}

}  // namespace
}  // namespace netpet::report
