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

TEST(Text, FoldedTextsDifferNeitherInAccentsNorInRaisedDigits) {
  EXPECT_EQ(folded("Müller-Łukasz Ødegård Weiß"), "Muller-Lukasz Odegard Weiss");
  EXPECT_EQ(folded("⁶⁸Ga‑DOTATATE"), "68Ga DOTATATE");
  EXPECT_EQ(folded("[¹⁸F]fluorodésoxyglucose"), "[18F]fluorodesoxyglucose");
}

TEST(Text, BytesThatAreNoUtf8FoldToSpaces) {
  EXPECT_EQ(folded("a\xFC z\xE2\x81"), "a  z ");
  EXPECT_EQ(folded(std::string_view("a\0b", 3)), "a b");
}

}  // namespace
}  // namespace netpet::base
