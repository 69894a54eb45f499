#include "phantom/pose.h"

#include <algorithm>
#include <cmath>

#include "base/parallel_for.h"
#include "base/random.h"

namespace netpet::phantom {
namespace {

constexpr std::uint64_t kStream = 120;
constexpr int kSmallBumps = 16;
constexpr double kFieldStepMm =
    8;  // the narrowest bump is 36 mm wide: linear between nodes errs by less than 0.1 mm

}  // namespace

Pose::Pose(const BodyPlan& plan) {
  base::Random random(plan.seed, kStream);
  offset_ = {random.uniform(-8, 8), random.uniform(-30, -10), random.uniform(-900, -500)};
  const Vec3 degrees{random.uniform(-3, 3), random.uniform(-2, 2), random.uniform(-4, 4)};
  const Vec3 shift =
      offset_ + Vec3{random.uniform(-12, 12), random.uniform(-14, 14), random.uniform(-35, 35)};
  rigid_ = space::rigid({0, 0, 350}, degrees, shift);
  rigid_back_ = rigid_.inverted();
  const auto add = [&](Vec3 standard, Vec3 sigma, Vec3 push, double swell) {
    const Vec3 s = plan.scale;
    bumps_.push_back({{standard.x * s.x, standard.y * s.y, standard.z * s.z},
                      {1 / sigma.x, 1 / sigma.y, 1 / sigma.z},
                      push,
                      swell});
  };
  // Breath: the organs below the diaphragm slide along the body, the spine stays.
  const double breath = random.uniform(6, 12) * (random.uniform() < 0.5 ? -1 : 1);
  add({-10, -45, 335}, {100, 52, 72}, {0, 0.12 * breath, breath}, 0);
  add({0, -18, 34}, {42, 38, 40}, {}, random.uniform(-0.18, 0.28));  // bladder
  for (int n = 0; n < kSmallBumps; ++n) {
    const double width = random.uniform(60, 95);
    const Vec3 at{random.uniform(-110, 110), random.uniform(-70, 70), random.uniform(-60, 800)};
    const double limp = at.z > 640 ? 0.3 : 1;  // a skull does not bend
    add(at, {width, width, width},
        Vec3{random.uniform(-3.5, 3.5), random.uniform(-3.5, 3.5), random.uniform(-3.5, 3.5)} * limp, 0);
  }
}

Vec3 Pose::bend(Vec3 body) const {
  Vec3 sum;
  for (const Bump& bump : bumps_) {
    const Vec3 from = body - bump.centre;
    const Vec3 u{from.x * bump.per_sigma.x, from.y * bump.per_sigma.y, from.z * bump.per_sigma.z};
    const double r2 = dot(u, u);
    if (r2 > 40) continue;
    sum = sum + (bump.push + from * bump.swell) * std::exp(-0.5 * r2);
  }
  return sum;
}

space::PointLps Pose::to_fdg(Vec3 body) const {
  const Vec3 bent = body + bend(body);
  return rigid_({bent.x, bent.y, bent.z});
}

Vec3 Pose::from_fdg(space::PointLps p) const {
  const space::PointLps back = rigid_back_(p);
  const Vec3 target{back.x, back.y, back.z};
  Vec3 body = target;
  for (int step = 0; step < 60; ++step) {
    const Vec3 next = target - bend(body);
    const double change = norm(next - body);
    body = next;
    if (change < 1e-4) break;
  }
  return body;
}

double Pose::jacobian(space::PointLps p) const {
  space::Mat3 derivative;
  for (int axis = 0; axis < 3; ++axis) {
    Vec3 half;
    half[axis] = 0.5;
    const Vec3 column = sstr_to_fdg(p + half) - sstr_to_fdg(p + half * -1);
    for (int row = 0; row < 3; ++row) derivative(row, axis) = column[row];
  }
  return derivative.determinant();
}

BodyMap::BodyMap(const Pose& pose, Session session, const space::Geometry& field, const base::Run& run)
    : session_(session), pose_(pose) {
  if (session == Session::sstr) return;
  coarse_ = field;
  coarse_.direction = {};
  coarse_.spacing = {kFieldStepMm, kFieldStepMm, kFieldStepMm};
  Box box;
  for (const int i : {0, field.size[0] - 1})
    for (const int j : {0, field.size[1] - 1})
      for (const int k : {0, field.size[2] - 1}) {
        const space::PointLps corner = field.to_lps(space::IndexIjk{i, j, k});
        box.include(Vec3{corner.x, corner.y, corner.z});
      }
  box = box.grown(kFieldStepMm);
  coarse_.origin = {box.low.x, box.low.y, box.low.z};
  for (int axis = 0; axis < 3; ++axis)
    coarse_.size[static_cast<std::size_t>(axis)] =
        static_cast<int>(std::ceil((box.high[axis] - box.low[axis]) / kFieldStepMm)) + 2;
  for (auto* component : {&x_, &y_, &z_}) component->resize(coarse_.voxels());
  base::parallel_for(run, coarse_.voxels(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const space::PointLps p = coarse_.to_lps(coarse_.index(n));
      const Vec3 difference = pose_.from_fdg(p) - Vec3{p.x, p.y, p.z};
      x_[n] = static_cast<float>(difference.x);
      y_[n] = static_cast<float>(difference.y);
      z_[n] = static_cast<float>(difference.z);
    }
  });
}

Vec3 BodyMap::body_at(space::PointLps p) const {
  if (session_ == Session::sstr) return pose_.from_sstr(p);
  const auto along = [&](double at, int axis, int& first) {
    const double c = std::clamp(at / kFieldStepMm, 0.0, coarse_.size[static_cast<std::size_t>(axis)] - 1.001);
    first = static_cast<int>(c);
    return static_cast<float>(c - first);
  };
  int i = 0, j = 0, k = 0;
  const float u = along(p.x - coarse_.origin.x, 0, i), v = along(p.y - coarse_.origin.y, 1, j),
              w = along(p.z - coarse_.origin.z, 2, k);
  const auto row = static_cast<std::size_t>(coarse_.size[0]),
             slice = row * static_cast<std::size_t>(coarse_.size[1]);
  const std::size_t n = coarse_.offset({i, j, k});
  const auto mix = [&](const std::vector<float>& f) {
    const auto line = [&](std::size_t at) { return f[at] + (f[at + 1] - f[at]) * u; };
    const float a = line(n), b = line(n + row), c = line(n + slice), d = line(n + slice + row);
    const float near = a + (b - a) * v, far = c + (d - c) * v;
    return static_cast<double>(near + (far - near) * w);
  };
  return {p.x + mix(x_), p.y + mix(y_), p.z + mix(z_)};
}

}  // namespace netpet::phantom
