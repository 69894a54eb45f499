#include "report/shown.h"

#include <gtest/gtest.h>

#include <limits>

namespace netpet::report {
namespace {

TEST(Shown, ThreeStatesOfANumberAreToldApart) {
  EXPECT_EQ(shown(base::Computed<double>(12.345), 1), "12.3");
  EXPECT_EQ(shown(base::Computed<double>(), 1), "–");
  EXPECT_EQ(shown(base::Computed<double>(base::NotComputable{"why"}), 1), "n/c");
}

TEST(Shown, ThreeDigitsOfAnySize) {
  EXPECT_EQ(three_digits(0.03214), "0.0321");
  EXPECT_EQ(three_digits(4.556), "4.56");
  EXPECT_EQ(three_digits(185.2), "185");
  EXPECT_EQ(three_digits(18321), "18300");
  EXPECT_EQ(three_digits(0), "0");
}

TEST(Shown, ThereIsNoNegativeZero) {
  EXPECT_EQ(decimals(-0.001, 1), "0.0");
}

TEST(Shown, ANumberThatIsNotFiniteIsOurBug) {
  EXPECT_THROW(decimals(std::numeric_limits<double>::quiet_NaN(), 1), base::Error);
  EXPECT_THROW(three_digits(std::numeric_limits<double>::infinity()), base::Error);
}

TEST(Shown, PersonNamesReadLikeNames) {
  EXPECT_EQ(person_name("Doe^Jane"), "Doe, Jane");
  EXPECT_EQ(person_name("Doe^Jane^Mary^Dr"), "Doe, Jane Mary Dr");
  EXPECT_EQ(person_name("Yamada^Tarou=山田^太郎"), "Yamada, Tarou");
  EXPECT_EQ(person_name("=山田^太郎"), "山田, 太郎");
  EXPECT_EQ(person_name(""), "");
  EXPECT_EQ(person_name("^^^^"), "");
}

}  // namespace
}  // namespace netpet::report
