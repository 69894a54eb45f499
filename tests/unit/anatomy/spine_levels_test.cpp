#include "anatomy/spine_levels.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace netpet::anatomy {
namespace {

constexpr std::size_t l3 = 3, t9 = 9, t2 = 16;

/// A straight column of vertebrae with end plates, its sacrum below z 0, and what marks its levels.
struct Patient {
  explicit Patient(double scale) {
    constexpr double usual[] = {35.5, 36,   35.5, 34.5, 33.5, 30, 28,   26.5, 25,   24,
                                23,   22.5, 22,   21,   20.5, 20, 19.5, 18.5, 17.5, 17.5};
    discs.push_back(0);
    for (const double pitch : usual) discs.push_back(discs.back() + scale * pitch);
    scene.grid.size = {28, 12, 190};
    scene.grid.spacing = {4, 4, 4};
    scene.grid.origin = {-54, -22, -120};
    scene.ct_hu.emplace();
    marks.bones = image::Mask(scene.grid);
    marks.spine.assign(190, SpinePoint{0, 0});
    space::Geometry grid = scene.grid;
    grid.size = {56, 24, 380};
    grid.spacing = {2, 2, 2};
    ct = image::CtVolume(grid, 40);
    for (std::size_t v = 0; v < ct.voxels().size(); ++v) ct[v] = hu_at(grid.to_lps(grid.index(v)).z);
  }

  std::int16_t hu_at(double z) const {
    for (const double disc : discs) {
      if (std::abs(z - disc) < 3) return 80;
      if (std::abs(z - disc) < 6) return 320;
    }
    return z < discs.back() ? 140 : 40;
  }

  /// The likeliest level in the middle of the vertebra on the n-th disc.
  std::size_t level_in_middle_of(std::size_t n) const {
    const auto levels = find_spine_levels(scene, marks, ct);
    const double z = (discs[n - 1] + discs[n]) / 2;
    const auto& at =
        levels.probability[static_cast<std::size_t>(std::lround((z - levels.low_z_mm) / levels.step_mm))];
    return static_cast<std::size_t>(std::max_element(at.begin(), at.end()) - at.begin());
  }

  Scene scene;
  Landmarks marks;
  image::CtVolume ct;
  std::vector<double> discs;
};

TEST(SpineLevels, AreCountedFromTheCrestsBySeenDiscs) {
  for (const double scale : {0.92, 1.0, 1.08}) {
    Patient patient(scale);
    patient.marks.crest_z_mm = patient.discs[1] + 8;  // the lower half of L4
    for (const std::size_t level : {l3, t9}) EXPECT_EQ(patient.level_in_middle_of(level), level) << scale;
  }
}

TEST(SpineLevels, AreCountedFromTheApicesOfTheLungsDown) {
  Patient patient(1);
  patient.marks.has_lungs = true;
  patient.marks.lung_top_z_mm = patient.discs[16] + 12;
  patient.marks.right_dome_z_mm = patient.discs[8];
  for (const std::size_t level : {l3, t9, t2}) EXPECT_EQ(patient.level_in_middle_of(level), level);
}

TEST(SpineLevels, AreCountedFromTheWingsOfTheSacrumWhereTheCrestsAreWrong) {
  Patient patient(1);
  patient.marks.has_level = true;
  patient.marks.right_dome_z_mm = patient.discs[8];
  patient.marks.crest_z_mm = patient.discs[3];
  for (std::size_t v = 0; v < patient.marks.bones.voxels().size(); ++v)
    patient.marks.bones[v] = patient.scene.z_mm(patient.scene.grid.index(v).k) < patient.discs[0] - 5;
  for (const std::size_t level : {l3, t9}) EXPECT_EQ(patient.level_in_middle_of(level), level);
}

TEST(SpineLevels, GrowUnsureAwayFromTheOnlyMark) {
  Patient patient(1);
  patient.marks.crest_z_mm = patient.discs[1] + 8;
  for (std::int16_t& hu : patient.ct.voxels()) hu = 140;  // no disc stands out
  const auto levels = find_spine_levels(patient.scene, patient.marks, patient.ct);
  const auto surest_at = [&](double z) {
    const auto& at =
        levels.probability[static_cast<std::size_t>(std::lround((z - levels.low_z_mm) / levels.step_mm))];
    return *std::max_element(at.begin(), at.end());
  };
  EXPECT_GT(surest_at(patient.discs[2] + 18), surest_at(patient.discs[12] + 11) + 0.2);
  for (const auto& at : levels.probability) {
    float sum = 0;
    for (const float share : at) {
      EXPECT_GE(share, -1e-5F);
      sum += share;
    }
    EXPECT_NEAR(sum, 1, 1e-4);
  }
}

TEST(SpineLevels, AreRefusedWithoutCrestsAndLungs) {
  const Patient patient(1);
  EXPECT_TRUE(find_spine_levels(patient.scene, patient.marks, patient.ct).empty());
}

}  // namespace
}  // namespace netpet::anatomy
