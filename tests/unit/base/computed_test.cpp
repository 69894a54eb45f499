#include "base/computed.h"

#include <gtest/gtest.h>

namespace netpet::base {
namespace {

TEST(Computed, AMissingNumberIsNeverANumber) {
  const Computed<double> missing = NotComputable{"no liver"};
  EXPECT_FALSE(missing.has_value());
  EXPECT_EQ(missing.reason(), "no liver");
  EXPECT_THROW(static_cast<void>(missing.value()), Error);
  EXPECT_TRUE(Computed<double>().does_not_apply());
  EXPECT_NE(Computed<double>(), missing);
  EXPECT_EQ(Computed<double>(2.5).value(), 2.5);
}

}  // namespace
}  // namespace netpet::base
