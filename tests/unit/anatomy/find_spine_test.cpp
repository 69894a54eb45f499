#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "anatomy/landmark_search.h"
#include "synthetic_patient.h"

namespace netpet::anatomy {
namespace {

using namespace testing;

/// The middle of the bodies of a column that bends as the chest and the loin do.
double column_y(double z) {
  return 40 + 18 * std::sin(z / 90);
}

/// A vertebra: a body, pedicles, behind the canal an arch with its spinous process, and a disc below it.
bool in_vertebra(space::PointLps p, double middle_y) {
  const double behind = p.y - middle_y, in_step = p.z - 32 * std::floor(p.z / 32);
  const bool body = std::hypot(p.x / 22, behind / 16) < 1 && in_step > 7;
  const bool arch = behind > 32 && behind < 38 && std::abs(p.x) < 14 && in_step < 24;
  const bool pedicles =
      behind > 10 && behind < 34 && std::abs(std::abs(p.x) - 15) < 4 && in_step > 16 && in_step < 28;
  const bool process = behind >= 38 && behind < 62 && std::abs(p.x) < 4 && in_step < 20;
  return body || pedicles || arch || process;
}

/// A heart 9 mm in front of the chest's column, aorta and cava on that of the loin.
bool in_blood(space::PointLps p) {
  const double before = column_y(p.z) - p.y;
  const bool heart = in_ellipsoid({p.x, before, p.z}, {0, 59, 90}, {48, 34, 55});
  const bool vessels =
      p.z < -20 && (std::hypot(p.x - 17, before - 25) < 10 || std::hypot(p.x + 18, before - 26) < 12);
  return heart || vessels;
}

/// The bodies' middles as found, less where they are, by height, mm.
std::map<double, double> errors_with_blood_of(int hu) {
  const space::Geometry grid = flipped_grid({-170, -118, -200}, 4, {86, 60, 100}, 0);
  image::CtVolume ct(grid);
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    const space::PointLps p = grid.to_lps(grid.index(v));
    const double trunk = p.x * p.x / (160.0 * 160) + p.y * p.y / (110.0 * 110);
    ct[v] = static_cast<std::int16_t>(trunk > 1                       ? -1000
                                      : in_vertebra(p, column_y(p.z)) ? 320
                                      : in_blood(p)                   ? hu
                                                                      : -20);
  }
  const base::Run run;
  const Scene scene = make_scene(&ct, nullptr, record::Role::sstr, run);
  image::Mask body(scene.grid);
  for (std::size_t v = 0; v < body.voxels().size(); ++v) body[v] = (*scene.ct_hu)[v] > -300;
  std::vector<SpinePoint> spine = spine_of(scene, body, bones_of(scene, body, run));
  move_to_bodies(scene, spine);
  std::map<double, double> errors;
  for (int k = 8; k < scene.grid.size[2] - 8; ++k)
    errors[scene.z_mm(k)] = spine[static_cast<std::size_t>(k)].y - column_y(scene.z_mm(k));
  return errors;
}

TEST(Spine, ItsBodiesAreFoundBehindAHeartAndVesselsWithContrastMedium) {
  // Two voxels: the front edge is found to one, and the median over 6 cm lags where the column bends.
  for (const int blood_hu : {40, 130, 170})
    for (const auto& [z, error] : errors_with_blood_of(blood_hu))
      EXPECT_NEAR(error, 0, 8) << blood_hu << " HU, " << z << " mm";
}

}  // namespace
}  // namespace netpet::anatomy
