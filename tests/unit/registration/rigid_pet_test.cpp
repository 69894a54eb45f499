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

TEST(RigidPet, AnEmptyScanIsRefused) {
  const auto grid = scan_grid({40, 40, 40}, {5, 5, 5});
  EXPECT_THROW(register_rigid_pet(image::PetVolume(grid), image::PetVolume(grid), {}), base::Error);
}

}  // namespace
}  // namespace netpet::registration
