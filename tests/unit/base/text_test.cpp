#include "base/text.h"

#include <gtest/gtest.h>

namespace netpet::base {
namespace {

TEST(Text, LoweringLeavesAllButCapitalLettersOfAsciiAlone) {
  EXPECT_EQ(lowered("FDG [18F] \xC3\x84 z"), "fdg [18f] \xC3\x84 z");
}

TEST(Text, SqueezedTextsDifferNeitherInMarksNorInCase) {
  EXPECT_EQ(squeezed("Ga-68 DOTA-TATE"), squeezed("[Ga^68] dotatate"));
  EXPECT_EQ(squeezed(" \xC3\x84-(1) "), "1");
}

}  // namespace
}  // namespace netpet::base
