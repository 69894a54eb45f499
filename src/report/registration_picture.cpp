#include "report/registration_picture.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "report/canvas.h"
#include "report/ct_window.h"
#include "report/mip_picture.h"
#include "report/palette.h"
#include "report/plane.h"

namespace netpet::report {
namespace {

constexpr double kHeightPx = 760;
constexpr double kSquareMm = 50;
constexpr int kTitle = 44;
constexpr std::int16_t kAir = -1000;
constexpr std::int16_t kBodyHu = -300;

/// The box of the body, from every eighth voxel along each axis; the whole grid where nothing is dense.
Box body_box(const image::CtVolume& ct) {
  const space::Geometry& grid = ct.geometry();
  constexpr int kStep = 8;
  Box box;
  bool any = false;
  for (int k = 0; k < grid.size[2]; k += kStep)
    for (int j = 0; j < grid.size[1]; j += kStep)
      for (int i = 0; i < grid.size[0]; i += kStep) {
        if (ct(space::IndexIjk{i, j, k}) < kBodyHu) continue;
        const space::PointLps p = grid.to_lps(space::IndexIjk{i, j, k});
        const space::Vec3 v{p.x, p.y, p.z};
        for (int axis = 0; axis < 3; ++axis) {
          box.low[axis] = any ? std::min(box.low[axis], v[axis]) : v[axis];
          box.high[axis] = any ? std::max(box.high[axis], v[axis]) : v[axis];
        }
        any = true;
      }
  return any ? box : box_of(grid);
}

image::Picture checkerboard(const Plane& plane, const image::CtVolume& fixed, const image::CtVolume& moving,
                            const space::Transform& fixed_to_moving) {
  image::Picture picture(plane.width, plane.height, 3);
  const int square = std::max(1, static_cast<int>(kSquareMm / plane.pixel_mm));
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) {
      const space::PointLps point = plane.at(x, y);
      const bool from_moving = (x / square + y / square) % 2 == 1;
      const std::uint8_t grey = grey_of_hu(from_moving ? nearest_value(moving, fixed_to_moving(point), kAir)
                                                       : nearest_value(fixed, point, kAir));
      std::uint8_t* sample = picture.at(x, y);
      // A slight warm tint tells the squares of the moving CT from those of the fixed one.
      sample[0] = grey;
      sample[1] = from_moving ? static_cast<std::uint8_t>(grey * 0.93) : grey;
      sample[2] = from_moving ? static_cast<std::uint8_t>(grey * 0.80) : grey;
    }
  return picture;
}

/// The fixed CT in red and the moving one in green and blue: grey where they agree, coloured seams where not.
image::Picture overlay(const Plane& plane, const image::CtVolume& fixed, const image::CtVolume& moving,
                       const space::Transform& fixed_to_moving) {
  image::Picture picture(plane.width, plane.height, 3);
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) {
      const space::PointLps point = plane.at(x, y);
      std::uint8_t* sample = picture.at(x, y);
      sample[0] = grey_of_hu(nearest_value(fixed, point, kAir));
      sample[1] = sample[2] = grey_of_hu(nearest_value(moving, fixed_to_moving(point), kAir));
    }
  return picture;
}

struct Title {
  const char *left_mark, *state, *right_mark;
};

image::Picture titled(const image::Picture& picture, const Title& title) {
  Canvas canvas(picture.width, picture.height + kTitle, kWhite);
  canvas.picture(picture, 0, kTitle);
  canvas.text(title.left_mark, 4, 8, {24, Weight::bold, kMuted});
  canvas.text(title.state, picture.width / 2.0, 8, {24, Weight::normal, kMuted, Align::centre});
  canvas.text(title.right_mark, picture.width - 4.0, 8, {24, Weight::bold, kMuted, Align::right});
  return canvas.taken();
}

}  // namespace

image::Picture draw_registration(const image::CtVolume& fixed, const image::CtVolume& moving,
                                 const record::Registration& registration) {
  const Box box = body_box(fixed);
  const double pixel_mm = std::max(0.5, (box.high.z - box.low.z) / kHeightPx);
  const Plane coronal = coronal_plane(box, (box.low.y + box.high.y) / 2, pixel_mm);
  const Plane sagittal = sagittal_plane(box, (box.low.x + box.high.x) / 2, pixel_mm);
  const space::Transform& found = registration.fixed_to_moving;
  const space::Transform as_scanned;
  const std::vector<image::Picture> panels{
      titled(overlay(coronal, fixed, moving, as_scanned), {"R", "as scanned", "L"}),
      titled(checkerboard(coronal, fixed, moving, as_scanned), {"R", "as scanned", "L"}),
      titled(overlay(coronal, fixed, moving, found), {"R", "aligned", "L"}),
      titled(checkerboard(coronal, fixed, moving, found), {"R", "aligned", "L"}),
      titled(checkerboard(sagittal, fixed, moving, found), {"A", "aligned", "P"})};
  return side_by_side(panels);
}

}  // namespace netpet::report
