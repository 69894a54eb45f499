#include <gtest/gtest.h>

#include "base/error.h"
#include "registration/local_deformation.h"
#include "registration/rigid.h"
#include "registration/rigid_fit.h"

namespace netpet::registration {
namespace {

/// Matches every 20 mm of a cube; those with x above 0 depart from the identity by `depart`.
std::vector<Match> half_deformed(space::Vec3 depart) {
  std::vector<Match> matches;
  for (double x = -90; x <= 90; x += 20)
    for (double y = -90; y <= 90; y += 20)
      for (double z = -90; z <= 90; z += 20) {
        const space::PointLps p{x, y, z};
        matches.push_back({p, x > 0 ? p + depart : p, 1});
      }
  return matches;
}

TEST(ErrorAt, IsLargerWhereTheBodyDeformed) {
  record::Registration registration;
  registration.error_mm = 3.0;
  registration.samples = local_deformation(half_deformed({0, 0, 12}), {});
  EXPECT_NEAR(error_at(registration, {70, 0, 0}), 12, 1);
  EXPECT_LT(error_at(registration, {-70, 0, 0}), 3);
}

TEST(ErrorAt, OneWrongMatchAmongGoodOnesDoesNotCount) {
  auto matches = half_deformed({});
  matches[500].moving_lps_mm.x += 15;
  for (const auto& sample : local_deformation(matches, {})) EXPECT_EQ(sample.residual_mm, 0);
}

TEST(ErrorAt, GrowsAwayFromEverythingThatWasCompared) {
  record::Registration registration;
  registration.error_mm = 5.0;
  registration.samples = local_deformation(half_deformed({}), {});
  EXPECT_LT(error_at(registration, {0, 0, 0}), error_at(registration, {0, 0, 200}));
  EXPECT_GE(error_at(registration, {0, 0, 200}), 5);
}

TEST(ErrorAt, WithoutSamplesTheStatedErrorHoldsEverywhere) {
  record::Registration registration;
  registration.error_mm = 15.0;
  EXPECT_EQ(error_at(registration, {1, 2, 3}), 15);
  registration.error_mm = {};
  EXPECT_THROW(error_at(registration, {}), base::Error);
}

TEST(RigidFit, FortyPercentWrongMatchesDoNotMoveTheRobustFit) {
  const space::Affine truth = space::rigid({10, 20, 30}, {4, -5, 6}, {7, 8, 9});
  auto matches = half_deformed({});
  for (std::size_t n = 0; n < matches.size(); ++n) {
    matches[n].moving_lps_mm = truth(matches[n].fixed_lps_mm);
    if (n % 5 < 2) matches[n].moving_lps_mm = matches[n].moving_lps_mm + space::Vec3{20, 5, -10};
  }
  const space::Affine found = fit_rigid_robust(matches, 8);
  EXPECT_LT(distance(found({80, 80, 80}), truth({80, 80, 80})), 1e-6);
  EXPECT_NEAR(found.linear.determinant(), 1, 1e-12);
}

}  // namespace
}  // namespace netpet::registration
