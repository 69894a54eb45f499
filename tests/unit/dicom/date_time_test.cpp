#include "dicom/date_time.h"

#include <gtest/gtest.h>

namespace netpet::dicom {
namespace {

std::string date_or_none(std::string_view text) {
  const auto date = parse_date(text);
  return date ? base::iso(*date) : "none";
}

TEST(DicomDate, IsEightDigitsOrTheOldFormWithPoints) {
  EXPECT_EQ(date_or_none("20240229"), "2024-02-29");
  EXPECT_EQ(date_or_none("2024.02.29"), "2024-02-29");
  EXPECT_EQ(date_or_none("20240229 "), "2024-02-29");
}

TEST(DicomDate, ThatIsNoDayIsRefused) {
  for (const char* text :
       {"20230229", "20241301", "2024", "20240101x", "2024-01-01", "", "00000000", "2024010"})
    EXPECT_EQ(date_or_none(text), "none") << text;
}

TEST(DicomTime, TakesEveryPrecisionOfTheStandard) {
  EXPECT_EQ(parse_time("10")->microseconds, 36'000'000'000);
  EXPECT_EQ(parse_time("1015")->microseconds, 36'900'000'000);
  EXPECT_EQ(parse_time("101530")->microseconds, 36'930'000'000);
  EXPECT_EQ(parse_time("101530.25")->microseconds, 36'930'250'000);
  EXPECT_EQ(parse_time("101530.000001 ")->microseconds, 36'930'000'001);
  EXPECT_EQ(parse_time("235960")->microseconds, 86'400'000'000);  // a leap second
}

TEST(DicomTime, ThatIsMalformedIsRefused) {
  for (const char* text :
       {"", "1", "24", "1060", "101561", "10:15:30", "101530.", "101530.1234567", "1015.5", "noon"})
    EXPECT_FALSE(parse_time(text).has_value()) << text;
}

TEST(DicomDateTime, KeepsTheClockAndTheOffsetApart) {
  const auto plain = parse_date_time("20240102101530.5");
  ASSERT_TRUE(plain);
  EXPECT_EQ(base::iso(plain->clock), "2024-01-02T10:15:30.5");
  EXPECT_FALSE(plain->utc_offset_minutes);
  const auto west = parse_date_time("20240102101530-0330");
  ASSERT_TRUE(west);
  EXPECT_EQ(base::iso(west->clock), "2024-01-02T10:15:30");
  EXPECT_EQ(west->utc_offset_minutes, -210);
  EXPECT_EQ(base::iso(parse_date_time("20240102+0100")->clock), "2024-01-02T00:00:00");
}

TEST(DicomDateTime, ThatIsMalformedIsRefused) {
  for (const char* text : {"202401", "20240102T1015", "20240102101530+1", "20240102101530+1500", "20240132"})
    EXPECT_FALSE(parse_date_time(text).has_value()) << text;
}

}  // namespace
}  // namespace netpet::dicom
