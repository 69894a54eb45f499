#include "record/spine_levels.h"

#include <gtest/gtest.h>

namespace netpet::record {
namespace {

constexpr std::size_t l5 = 1, l1 = 5, t12 = 6, t9 = 9, t8 = 10, t7 = 11, t6 = 12, t5 = 13, c7 = 18, c1 = 24;

SpineLevels one_height(std::initializer_list<std::pair<std::size_t, float>> shares) {
  SpineLevels levels{100, 4, {{}}};
  for (const auto& [level, share] : shares) levels.probability[0][level] = share;
  return levels;
}

TEST(SpineLevels, CountFromTheSacrumToTheAtlas) {
  EXPECT_EQ(spine_level_name(0), "sacrum");
  EXPECT_EQ(spine_level_name(l5), "L5");
  EXPECT_EQ(spine_level_name(l1), "L1");
  EXPECT_EQ(spine_level_name(t12), "T12");
  EXPECT_EQ(spine_level_name(c7 - 1), "T1");
  EXPECT_EQ(spine_level_name(c7), "C7");
  EXPECT_EQ(spine_level_name(c1), "C1");
}

TEST(SpineLevels, SayNoMoreThanIsNineTenthsSure) {
  EXPECT_EQ(spine_location(one_height({{t9, 0.95F}, {t8, 0.05F}}), 100), "thoracic spine, about T9");
  EXPECT_EQ(spine_location(one_height({{t9, 0.6F}, {t8, 0.4F}}), 101.9), "thoracic spine, T8 to T9");
  EXPECT_EQ(spine_location(one_height({{l1, 0.5F}, {t12, 0.5F}}), 100), "spine, T12 to L1");
  EXPECT_EQ(spine_location(one_height({{t9, 0.2F}, {t8, 0.2F}, {t7, 0.2F}, {t6, 0.2F}, {t5, 0.2F}}), 100),
            "thoracic spine");
  EXPECT_EQ(spine_location(one_height({{0, 1.0F}}), 100), "sacrum");
}

TEST(SpineLevels, AreNotGuessedWhereNothingWasSeen) {
  EXPECT_EQ(spine_location({}, 100), "spine");
  EXPECT_EQ(spine_location(one_height({{t9, 1.0F}}), 90), "spine");
  EXPECT_EQ(spine_location(one_height({{t9, 1.0F}}), 110), "spine");
  SpineLevels even = one_height({});
  for (float& share : even.probability[0]) share = 1.0F / spine_level_count;
  EXPECT_EQ(spine_location(even, 100), "spine");
}

}  // namespace
}  // namespace netpet::record
