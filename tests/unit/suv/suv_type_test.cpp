#include "suv/suv_type.h"

#include <gtest/gtest.h>

#include <cmath>

namespace netpet::suv {
namespace {

TEST(SuvType, NormalisersAreThoseOfTheirFormulas) {
  // By hand for 70 kg and 1.75 m: BMI 22.857143, (W/H)² = 0.16 kg²/cm².
  const struct {
    SuvType type;
    Sex sex;
    double value;  // g, of the body surface cm²
  } rows[] = {{SuvType::bw, Sex::male, 70000},
              {SuvType::lbm_janma, Sex::male, 55857.11},    // 9270 · 70 / (6680 + 216 · 22.857143)
              {SuvType::lbm_janma, Sex::female, 45197.01},  // 9270 · 70 / (8780 + 244 · 22.857143)
              {SuvType::lbm_james128, Sex::male, 56520},    // 77 − 128 · 0.16
              {SuvType::lbm_james128, Sex::female, 51220},  // 74.9 − 148 · 0.16
              {SuvType::lbm_james120, Sex::male, 57800},    // 77 − 120 · 0.16
              {SuvType::lbm_james120, Sex::female, 51220},
              {SuvType::ibw, Sex::male, 72380},    // 48 + 1.06 · 23
              {SuvType::ibw, Sex::female, 66430},  // 45.5 + 0.91 · 23
              {SuvType::ibw, Sex::unknown, 69405},
              {SuvType::bsa, Sex::unknown, 18481.43}};  // Du Bois: 1.848143 m²
  for (const auto& row : rows)
    EXPECT_NEAR(normaliser(row.type, row.sex, 70, 1.75), row.value, 0.01) << name_of(row.type);
}

TEST(SuvType, BodySurfaceIsInSquareCentimetres) {
  // 70 kg and 1.75 m are 1.85 m²: SUVbsa is about a quarter of SUVbw, not a fortieth.
  const double ratio =
      normaliser(SuvType::bsa, Sex::male, 70, 1.75) / normaliser(SuvType::bw, Sex::male, 70, 1.75);
  EXPECT_NEAR(ratio, 0.264, 0.001);
}

TEST(SuvType, JamesTurnsDownWhereItSaysSo) {
  for (const Sex sex : {Sex::male, Sex::female}) {
    const double apex = *highest_sound_bmi(SuvType::lbm_james128, sex) * 1.7 * 1.7;
    const auto mass = [&](double weight_kg) {
      return normaliser(SuvType::lbm_james128, sex, weight_kg, 1.7);
    };
    EXPECT_GT(mass(apex), mass(apex - 1));
    EXPECT_GT(mass(apex), mass(apex + 1));
  }
  EXPECT_FALSE(highest_sound_bmi(SuvType::lbm_janma, Sex::male).has_value());
}

TEST(SuvType, NamesAreReadAsTheyAreWritten) {
  for (const SuvType type : {SuvType::bw, SuvType::lbm_janma, SuvType::lbm_james128, SuvType::lbm_james120,
                             SuvType::bsa, SuvType::ibw})
    EXPECT_EQ(suv_type_named(name_of(type)), type);
  EXPECT_EQ(suv_type_named("sul"), std::nullopt);
}

}  // namespace
}  // namespace netpet::suv
