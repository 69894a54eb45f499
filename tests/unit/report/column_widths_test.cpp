#include "report/column_widths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace netpet::report {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ColumnWidths, NothingIsStretchedBeyondItsNaturalWidth) {
  EXPECT_THAT(column_widths({{10, 40}, {5, 20}}, 100), ElementsAre(40, 20));
}

TEST(ColumnWidths, WhatIsLeftGoesWhereItIsLacking) {
  // 15 are needed, 30 and 15 are lacking, 30 are left: two thirds of each lack
  EXPECT_THAT(column_widths({{10, 40}, {5, 20}}, 45),
              ElementsAre(DoubleNear(30, 1e-9), DoubleNear(15, 1e-9)));
}

TEST(ColumnWidths, WordsThatDoNotFitAreNotSqueezed) {
  EXPECT_THAT(column_widths({{10, 40}, {5, 20}}, 14), IsEmpty());
}

}  // namespace
}  // namespace netpet::report
