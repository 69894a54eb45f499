#include "base/instant.h"

#include <gtest/gtest.h>

namespace netpet::base {
namespace {

TEST(Instant, OneSecondBeforeMidnightIsOneSecondBeforeTheNextDay) {
  const Instant evening = Instant::of(*make_date(2024, 2, 28), {86'399'000'000});
  const Instant midnight = Instant::of(*make_date(2024, 2, 29), {0});
  EXPECT_DOUBLE_EQ((midnight - evening).value, 1.0);
  EXPECT_EQ(iso(evening + Seconds(1)), "2024-02-29T00:00:00");
}

TEST(Instant, ThereIsNoTwentyNinthOfFebruaryIn2023) {
  EXPECT_FALSE(make_date(2023, 2, 29));
  EXPECT_TRUE(make_date(2024, 2, 29));
  EXPECT_FALSE(make_date(2024, 13, 1));
  EXPECT_FALSE(make_date(2024, 4, 31));
}

TEST(Instant, IsoTextComesBackAsTheSameInstant) {
  for (const char* text : {"1969-12-31T23:59:59.5", "2024-01-02T10:15:00", "2100-03-01T00:00:00.000001"}) {
    const auto instant = parse_iso(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(iso(*instant), text);
  }
  EXPECT_FALSE(parse_iso("2024-01-02T25:00:00"));
  EXPECT_FALSE(parse_iso("2024-01-02 10:15"));
  EXPECT_FALSE(parse_iso("2024-01-02T10:15:00Z"));
}

}  // namespace
}  // namespace netpet::base
