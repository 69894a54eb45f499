#include <gtest/gtest.h>

#include "registration/rigid.h"
#include "synthetic_body.h"

namespace netpet::registration {
namespace {

using space::Affine;

/// A PET of the body: soft tissue 1, lungs less, and one hot organ per tracer.
image::PetVolume pet_of(const SyntheticBody& body, const space::Geometry& grid, const Affine& scan_to_body,
                        space::PointLps hot_place, std::uint64_t noise_seed) {
  image::PetVolume pet(grid);
  base::Random random(noise_seed);
  for (std::size_t n = 0; n < pet.voxels().size(); ++n) {
    const space::PointLps p = scan_to_body(grid.to_lps(grid.index(n)));
    const double hu = body.hu(p);
    double suv = hu < -900 ? 0.01 : hu < -500 ? 0.3 : hu < -50 ? 0.4 : 1.0;
    if (distance(p, hot_place) < 30) suv = 15;
    pet[n] = static_cast<float>(suv * (1 + 0.1 * random.normal()));
  }
  return pet;
}

TEST(RigidPet, TwoTracersLieOnEachOtherWithinTheStatedErrorAndSaySo) {
  const SyntheticBody body(1);
  const auto grid = scan_grid({96, 96, 160}, {4, 4, 4});
  const Affine motion = space::rigid({0, 0, 0}, {2, -1, 3}, {15, 10, -30});
  const auto result = register_rigid_pet(pet_of(body, grid, {}, {-60, 20, -60}, 1),
                                         pet_of(body, grid, motion.inverted(), {50, -40, 100}, 2), {});
  EXPECT_LT(greatest_error_mm(result.fixed_to_moving, motion), result.error_mm.value());
  EXPECT_GE(result.error_mm.value(), 10);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].code, "registered_by_pet");
  EXPECT_NE(result.method.find("PET"), std::string::npos);
}

/// A post-therapy scan: organs and lesions only, noise as high everywhere as the body's own counts.
image::PetVolume spect_of(const std::vector<space::PointLps>& hot_places, const space::Geometry& grid,
                          const Affine& scan_to_body, std::uint64_t noise_seed) {
  image::PetVolume spect(grid);
  base::Random random(noise_seed);
  for (std::size_t n = 0; n < spect.voxels().size(); ++n) {
    const space::PointLps p = scan_to_body(grid.to_lps(grid.index(n)));
    double counts = std::max(0.0, 2 + 2 * random.normal());
    for (std::size_t place = 0; place < hot_places.size(); ++place)
      if (distance(p, hot_places[place]) < 25.0 + 8.0 * static_cast<double>(place % 3)) counts += 100;
    spect[n] = static_cast<float>(counts);
  }
  return spect;
}

TEST(RigidPet, ScansWhoseOutlineIsLostInNoiseLieOnEachOtherByTheirOrgans) {
  const auto grid = scan_grid({64, 64, 72}, {4.8, 4.8, 4.8});
  const std::vector<space::PointLps> organs{{-70, 10, 40}, {80, -10, 60},  {-60, 40, -20},
                                            {60, 50, -10}, {0, -20, -150}, {20, -60, 130}};
  const Affine motion = space::rigid({0, 0, 0}, {2, -1, 3}, {12, 8, -25});
  const auto result =
      register_rigid_pet(spect_of(organs, grid, {}, 1), spect_of(organs, grid, motion.inverted(), 2), {});
  for (const space::PointLps& place : organs)
    EXPECT_LT(distance(result.fixed_to_moving(place), motion(place)), 5);
  EXPECT_EQ(result.error_mm.value(), 15);
  EXPECT_NE(result.method.find("PET to PET, log-uptake"), std::string::npos);
  const auto swapped =
      register_rigid_pet(spect_of(organs, grid, motion.inverted(), 2), spect_of(organs, grid, {}, 1), {});
  for (const space::PointLps& place : organs)
    EXPECT_LT(distance(swapped.fixed_to_moving(result.fixed_to_moving(place)), place), 1e-6);
}

TEST(RigidPet, HotPlacesThatFormAnotherPatternAreRefused) {
  const auto grid = scan_grid({64, 64, 72}, {4.8, 4.8, 4.8});
  const std::vector<space::PointLps> organs{{-70, 10, 40}, {80, -10, 60},  {-60, 40, -20},
                                            {60, 50, -10}, {0, -20, -150}, {20, -60, 130}};
  const std::vector<space::PointLps> others{{0, 60, 150},   {-100, 0, 0}, {100, 30, -120},
                                            {-20, -70, 60}, {30, 20, 20}, {-90, 40, -140}};
  try {
    register_rigid_pet(spect_of(organs, grid, {}, 1), spect_of(others, grid, {}, 2), {});
    FAIL() << "laid on each other";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), "registration_failed");
  }
}

TEST(RigidPet, AnEmptyScanIsRefused) {
  const auto grid = scan_grid({40, 40, 40}, {5, 5, 5});
  EXPECT_THROW(register_rigid_pet(image::PetVolume(grid), image::PetVolume(grid), {}), base::Error);
}

}  // namespace
}  // namespace netpet::registration
