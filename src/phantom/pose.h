#pragma once

#include <cstdint>
#include <vector>

#include "base/run.h"
#include "phantom/body_plan.h"
#include "space/affine.h"
#include "space/geometry.h"

namespace netpet::phantom {

/// Where the patient lies in the two scanners. The first (SSTR) session shows the body as planned, moved by a
/// shift; the second (FDG) lies turned and shifted, breathes differently, has another bladder and bends a
/// little.
///
/// "Body" is the patient's own millimetres: scale · standard body.
class Pose {
 public:
  explicit Pose(const BodyPlan& plan);

  space::PointLps to_sstr(Vec3 body) const {
    return {body.x + offset_.x, body.y + offset_.y, body.z + offset_.z};
  }
  Vec3 from_sstr(space::PointLps p) const { return Vec3{p.x, p.y, p.z} - offset_; }
  /// Exact: the rigid part after the smooth one.
  space::PointLps to_fdg(Vec3 body) const;
  /// The inverse of `to_fdg` by fixed-point iteration, to 0.001 mm.
  Vec3 from_fdg(space::PointLps p) const;
  /// SSTR LPS → FDG LPS.
  space::PointLps sstr_to_fdg(space::PointLps p) const { return to_fdg(from_sstr(p)); }
  /// Determinant of the derivative of `sstr_to_fdg` by central differences of 1 mm.
  double jacobian(space::PointLps p) const;

 private:
  struct Bump {
    Vec3 centre;
    Vec3 per_sigma;  ///< 1 / width along each axis, 1/mm
    Vec3 push;       ///< mm at the centre
    double swell;    ///< share by which the surroundings move away from the centre
  };
  Vec3 bend(Vec3 body) const;

  Vec3 offset_;
  space::Affine rigid_, rigid_back_;
  std::vector<Bump> bumps_;
};

enum class Session { sstr, fdg };

/// From a point of a session's scanner to the standard body, fast: the inverse of the second session is kept
/// on a grid.
class BodyMap {
 public:
  /// `field` is the space in which points will be asked for.
  BodyMap(const Pose& pose, Session session, const space::Geometry& field, const base::Run& run);
  /// In the patient's own millimetres.
  Vec3 body_at(space::PointLps p) const;

 private:
  Session session_;
  const Pose& pose_;
  space::Geometry coarse_;
  std::vector<float> x_, y_, z_;  // body minus LPS, smooth and small
};

}  // namespace netpet::phantom
