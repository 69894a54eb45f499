#pragma once

#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "base/random.h"
#include "base/run.h"
#include "image/volume.h"
#include "space/transform.h"

namespace netpet::registration {

/// A body given as a function of place, so that it can be scanned on any grid in any pose without
/// interpolation: trunk, neck and head, lungs, heart, liver, spine of vertebrae, ribs, pelvis, random organs'
/// texture, couch.
class SyntheticBody {
 public:
  explicit SyntheticBody(std::uint64_t seed) {
    base::Random random(seed);
    for (auto& blob : blobs_) {
      blob.centre = {random.uniform(-130, 130), random.uniform(-70, 70), random.uniform(-320, 300)};
      blob.radius = random.uniform(8, 28);
      blob.hu = random.uniform(-70, 70);
    }
    vertebra_mm_ = random.uniform(24, 34);
    rib_mm_ = random.uniform(22, 34);
    width_ = random.uniform(150, 185);
    depth_ = random.uniform(95, 120);
    lung_top_ = random.uniform(190, 230);
    lung_bottom_ = random.uniform(-10, 60);
    iliac_z_ = random.uniform(-260, -200);
  }

  double hu(space::PointLps p) const {
    const double x = p.x, y = p.y, z = p.z;  // head at +z, back at +y
    const double taper = z > 250 ? std::max(0.35, 1 - (z - 250) / 90) : 1.0;
    const double w = width_ * taper * (1 + 0.08 * std::sin(z / 70));  // shoulders, waist, hips
    const double d = depth_ * std::max(taper, 0.6) * (1 + 0.07 * std::cos(z / 90));
    const double skin = (x * x) / (w * w) + (y * y) / (d * d);
    if (skin > 1) return -1000;
    if (skin > 0.86) return -100;
    const double spine_y = 0.62 * d;
    const double spine = std::hypot(x, y - spine_y);
    if (spine < 18)
      return std::fmod(z + 10000, vertebra_mm_) < vertebra_mm_ - 6 ? (spine > 14 ? 700 : 250) : 70;
    if (std::hypot(x, y - spine_y - 22) < 7) return 400;
    if (z > lung_bottom_ - 40 && z < lung_top_ + 10 && skin > 0.70 && skin < 0.80 &&
        std::fmod(z + 0.5 * std::abs(x) + 10000, rib_mm_) < 9)
      return 500;
    if (z < -150 && z > -330) {
      const double wing = std::hypot((std::abs(x) - 80) / 55, (y - 30) / 40, (z - iliac_z_) / 70);
      if (wing < 1 && wing > 0.8) return 600;
    }
    const double lung = std::hypot((std::abs(x) - 75) / 60, y / (0.75 * d),
                                   (z - (lung_top_ + lung_bottom_) / 2) / ((lung_top_ - lung_bottom_) / 2));
    if (lung < 1) return -820 + texture(p);
    const double liver = std::hypot((x + 70) / 80, y / 70, (z + 60) / 70);
    return (liver < 1 ? 60 : 20) + texture(p);
  }

 private:
  struct Blob {
    space::PointLps centre;
    double radius = 0;
    double hu = 0;
  };

  double texture(space::PointLps p) const {
    double sum = 0;
    for (const auto& blob : blobs_) {
      const space::Vec3 d = p - blob.centre;
      const double r2 = dot(d, d) / (blob.radius * blob.radius);
      if (r2 < 6) sum += blob.hu * std::exp(-r2);
    }
    return sum;
  }

  std::array<Blob, 60> blobs_;
  double vertebra_mm_, rib_mm_, width_, depth_, lung_top_, lung_bottom_, iliac_z_;
};

/// A grid along the patient's axes whose middle lies at `middle`.
inline space::Geometry scan_grid(std::array<int, 3> size, space::Vec3 spacing, space::PointLps middle = {}) {
  space::Geometry grid;
  grid.size = size;
  grid.spacing = spacing;
  grid.origin = {middle.x - spacing.x * (size[0] - 1) / 2, middle.y - spacing.y * (size[1] - 1) / 2,
                 middle.z - spacing.z * (size[2] - 1) / 2};
  return grid;
}

/// The CT of a body: `scan_to_body` maps the scan's LPS to the body's own axes. With noise of 15 HU and a
/// couch.
template <class ScanToBody>
image::CtVolume scan_of(const SyntheticBody& body, const space::Geometry& grid,
                        const ScanToBody& scan_to_body, std::uint64_t noise_seed) {
  image::CtVolume ct(grid);
  base::Random random(noise_seed);
  for (std::size_t n = 0; n < ct.voxels().size(); ++n) {
    const space::PointLps p = grid.to_lps(grid.index(n));
    double hu = body.hu(scan_to_body(p));
    const double couch_y = p.y - 135 + 0.0006 * p.x * p.x;
    if (hu < -900 && couch_y > 0 && couch_y < 25 && std::abs(p.x) < 200)
      hu = couch_y < 4 || couch_y > 21 ? 20 : -930;
    ct[n] = static_cast<std::int16_t>(std::lround(hu + 15 * random.normal()));
  }
  return ct;
}

/// Distances of two transforms over the body's places.
inline double greatest_error_mm(const space::Transform& found, const space::Affine& truth) {
  double greatest = 0;
  for (double x : {-120.0, 0.0, 120.0})
    for (double y : {-80.0, 0.0, 80.0})
      for (double z : {-250.0, 0.0, 250.0})
        greatest = std::max(greatest, distance(found({x, y, z}), truth({x, y, z})));
  return greatest;
}

/// Two threads; what the work says of itself is shown where NETPET_TEST_LOG is set.
class Log : public base::Progress {
  void stage(std::string_view) override {}
  void fraction(double) override {}
  void detail(std::string_view line) override { std::cerr << line << "\n"; }
};

inline base::Run run() {
  static Log log;
  return base::Run(std::getenv("NETPET_TEST_LOG") ? &log : nullptr, {}, 2);
}

}  // namespace netpet::registration
