#include "space/transform.h"

#include <gtest/gtest.h>

#include <cmath>

namespace netpet::space {
namespace {

/// Waves on a grid of 10 mm whose nodes reach from −50 to 40 mm.
DisplacementField waves(double height_mm) {
  Geometry grid;
  grid.origin = {-50, -50, -50};
  grid.spacing = {10, 10, 10};
  grid.size = {10, 10, 10};
  DisplacementField field(grid);
  for (std::size_t n = 0; n < grid.voxels(); ++n) {
    const PointLps p = grid.to_lps(grid.index(n));
    field.nodes()[n] = {static_cast<float>(height_mm * std::sin(p.y / 17)),
                        static_cast<float>(height_mm * std::cos(p.x / 13)),
                        static_cast<float>(height_mm * std::sin((p.x + p.z) / 19))};
  }
  return field;
}

const Affine turned = rigid({3, -4, 5}, {2, -3, 4}, {7, 8, -9});

void expect_row_as_places(const Transform& transform, PointLps start, Vec3 step, const Affine& then) {
  std::vector<Vec3> row(60);
  transform.along(start, step, then, row);
  for (std::size_t n = 0; n < row.size(); ++n) {
    const PointLps one = then(transform(start + step * static_cast<double>(n)));
    // Half the digits of single precision at 10 mm.
    ASSERT_NEAR(norm(row[n] - Vec3{one.x, one.y, one.z}), 0, 1e-5) << "place " << n;
  }
}

TEST(Transform, ARowIsWhatItsPlacesAre) {
  const Transform bent(turned, waves(6), waves(-6));
  const Affine then = rigid({}, {0, 90, 0}, {1, 2, 3});
  for (const Transform& transform : {Transform(turned), bent, bent.inverted()})
    for (const Vec3 step : {Vec3{1.7, 0, 0}, Vec3{-1.7, 0, 0}, Vec3{0, 2, 0}, Vec3{1, 0.3, -0.2}})
      for (const PointLps start :
           {PointLps{-48, 3, 5}, PointLps{12, -80, 44.9}, PointLps{90, 90, 90}, PointLps{-50, -50, -50}})
        expect_row_as_places(transform, start, step, then);
}

TEST(Transform, ARowOfNoPlaces) {
  Transform(turned, waves(6), waves(-6)).along({0, 0, 0}, {1, 0, 0}, {}, {});
}

}  // namespace
}  // namespace netpet::space
