#include "phantom/shape.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "space/affine.h"

namespace netpet::phantom {
namespace {

// Segments about as long as the tube is wide: chords deviate by less than 0.6 mm at bends of 40 mm.
constexpr double kShortestStepMm = 4, kLongestStepMm = 14;
constexpr std::size_t kSegmentsPerBundle = 4;  // segments that share one box, so that far ones cost one test

class Ellipsoid final : public Shape {
 public:
  Ellipsoid(Vec3 centre, Vec3 radii, Vec3 degrees, Corners corners)
      : centre_(centre), radii_(radii), inverse_{1 / radii.x, 1 / radii.y, 1 / radii.z}, corners_(corners) {
    const space::Mat3 turn = space::rigid({}, degrees, {}).linear;
    back_ = turn.transposed();
    turned_ = degrees.x != 0 || degrees.y != 0 || degrees.z != 0;
    Vec3 half;
    for (int row = 0; row < 3; ++row) {
      // A boxy shape fills the corners of its box; the round one's extent is the norm of the scaled row.
      double square = 0, sum = 0;
      for (int column = 0; column < 3; ++column) {
        const double reach = turn(row, column) * radii[column];
        square += reach * reach;
        sum += std::abs(reach);
      }
      half[row] = corners == Corners::round ? std::sqrt(square) : sum;
    }
    bounds_ = {centre - half, centre + half};
  }

  double distance(Vec3 p) const override {
    Vec3 q = p - centre_;
    if (turned_) q = back_ * q;
    const Vec3 u{q.x * inverse_.x, q.y * inverse_.y, q.z * inverse_.z};
    const Vec3 square{u.x * u.x, u.y * u.y, u.z * u.z};
    if (corners_ == Corners::boxy) {
      const double rho =
          std::sqrt(std::sqrt(square.x * square.x + square.y * square.y + square.z * square.z));
      if (rho < 1e-6) return -std::min({radii_.x, radii_.y, radii_.z});
      // Along the gradient of rho, which points to the nearest face.
      const Vec3 g{square.x * u.x * inverse_.x, square.y * u.y * inverse_.y, square.z * u.z * inverse_.z};
      return (rho - 1) * rho * rho * rho / space::norm(g);
    }
    const double k0 = std::sqrt(square.x + square.y + square.z);
    if (k0 < 1e-6) return -std::min({radii_.x, radii_.y, radii_.z});
    const double k1 = space::norm({u.x * inverse_.x, u.y * inverse_.y, u.z * inverse_.z});
    return k0 * (k0 - 1) / k1;
  }
  Box bounds() const override { return bounds_; }

 private:
  Vec3 centre_, radii_, inverse_;
  space::Mat3 back_;
  Corners corners_;
  bool turned_ = false;
  Box bounds_;
};

double distance_to_box(const Box& box, Vec3 p) {
  const Vec3 out{std::max({box.low.x - p.x, 0.0, p.x - box.high.x}),
                 std::max({box.low.y - p.y, 0.0, p.y - box.high.y}),
                 std::max({box.low.z - p.z, 0.0, p.z - box.high.z})};
  return space::norm(out);
}

class Tube final : public Shape {
 public:
  explicit Tube(std::vector<TubeNode> nodes) : nodes_(std::move(nodes)) {
    base::check(nodes_.size() >= 2, "a tube needs two nodes");
    for (std::size_t first = 0; first + 1 < nodes_.size(); first += kSegmentsPerBundle) {
      Bundle bundle{first, std::min(nodes_.size() - 1, first + kSegmentsPerBundle), {}};
      for (std::size_t n = bundle.first; n <= bundle.last; ++n) {
        const Vec3 r{nodes_[n].radius, nodes_[n].radius, nodes_[n].radius};
        bundle.box.include(nodes_[n].at - r);
        bundle.box.include(nodes_[n].at + r);
      }
      bounds_.include(bundle.box);
      bundles_.push_back(bundle);
    }
  }

  double distance(Vec3 p) const override {
    double best = std::numeric_limits<double>::infinity();
    for (const Bundle& bundle : bundles_) {
      if (best < std::numeric_limits<double>::infinity() &&
          distance_to_box(bundle.box, p) > std::max(best, 0.0))
        continue;
      for (std::size_t n = bundle.first; n < bundle.last; ++n) best = std::min(best, to_segment(n, p));
    }
    return best;
  }
  Box bounds() const override { return bounds_; }

  std::vector<Piece> pieces() const override {
    if (bundles_.size() < 2) return {};
    std::vector<Piece> all;
    for (const Bundle& bundle : bundles_) {
      // The neighbours go along, so that the depth below the surface is right at the joints.
      const std::size_t first = bundle.first > kSegmentsPerBundle ? bundle.first - kSegmentsPerBundle : 0;
      const std::size_t last = std::min(nodes_.size() - 1, bundle.last + kSegmentsPerBundle);
      all.push_back({std::make_shared<Tube>(std::vector<TubeNode>(nodes_.begin() + std::ptrdiff_t(first),
                                                                  nodes_.begin() + std::ptrdiff_t(last) + 1)),
                     bundle.box});
    }
    return all;
  }

 private:
  struct Bundle {
    std::size_t first, last;
    Box box;
  };
  double to_segment(std::size_t n, Vec3 p) const {
    const TubeNode &a = nodes_[n], &b = nodes_[n + 1];
    const Vec3 axis = b.at - a.at, from = p - a.at;
    const double share = std::clamp(dot(from, axis) / std::max(dot(axis, axis), 1e-9), 0.0, 1.0);
    return norm(from - axis * share) - (a.radius + (b.radius - a.radius) * share);
  }

  std::vector<TubeNode> nodes_;
  std::vector<Bundle> bundles_;
  Box bounds_;
};

class Union final : public Shape {
 public:
  Union(std::vector<ShapePtr> shapes, double blend) : shapes_(std::move(shapes)), blend_(blend) {
    for (const ShapePtr& shape : shapes_) {
      boxes_.push_back(shape->bounds());
      bounds_.include(boxes_.back());
    }
    bounds_ = bounds_.grown(blend / 4);  // how far a polynomial smooth minimum bulges
  }
  double distance(Vec3 p) const override {
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t n = 0; n < shapes_.size(); ++n) {
      if (best < std::numeric_limits<double>::infinity() &&
          distance_to_box(boxes_[n], p) > std::max(best, 0.0) + blend_)
        continue;
      const double d = shapes_[n]->distance(p);
      if (blend_ <= 0 || std::abs(d - best) >= blend_) {
        best = std::min(best, d);
      } else {
        const double h = (blend_ - std::abs(d - best)) / blend_;
        best = std::min(best, d) - h * h * blend_ / 4;
      }
    }
    return best;
  }
  Box bounds() const override { return bounds_; }

 private:
  std::vector<ShapePtr> shapes_;
  std::vector<Box> boxes_;
  double blend_;
  Box bounds_;
};

class Implicit final : public Shape {
 public:
  Implicit(std::function<double(Vec3)> distance, Box bounds)
      : distance_(std::move(distance)), bounds_(bounds) {}
  double distance(Vec3 p) const override { return distance_(p); }
  Box bounds() const override { return bounds_; }

 private:
  std::function<double(Vec3)> distance_;
  Box bounds_;
};

}  // namespace

void Box::include(Vec3 p) {
  for (int axis = 0; axis < 3; ++axis) {
    low[axis] = std::min(low[axis], p[axis]);
    high[axis] = std::max(high[axis], p[axis]);
  }
}
void Box::include(const Box& other) {
  include(other.low);
  include(other.high);
}
Box Box::grown(double mm) const {
  return {low - Vec3{mm, mm, mm}, high + Vec3{mm, mm, mm}};
}
Box Box::common(const Box& other) const {
  Box both;
  for (int axis = 0; axis < 3; ++axis) {
    both.low[axis] = std::max(low[axis], other.low[axis]);
    both.high[axis] = std::min(high[axis], other.high[axis]);
  }
  return both;
}
bool Box::meets(const Box& other) const {
  return low.x <= other.high.x && other.low.x <= high.x && low.y <= other.high.y && other.low.y <= high.y &&
         low.z <= other.high.z && other.low.z <= high.z;
}

std::vector<Piece> Shape::pieces() const {
  return {};
}

ShapePtr ellipsoid(Vec3 centre, Vec3 radii, Vec3 degrees, Corners corners) {
  return std::make_shared<Ellipsoid>(centre, radii, degrees, corners);
}

std::vector<TubeNode> curve(const std::vector<TubeNode>& nodes, double step_mm) {
  std::vector<TubeNode> points;
  for (std::size_t n = 0; n + 1 < nodes.size(); ++n) {
    const TubeNode &b = nodes[n], &c = nodes[n + 1];
    const TubeNode &a = n > 0 ? nodes[n - 1] : b, &d = n + 2 < nodes.size() ? nodes[n + 2] : c;
    const int steps = std::max(1, static_cast<int>(std::ceil(norm(c.at - b.at) / step_mm)));
    for (int s = 0; s < steps; ++s) {
      const double t = double(s) / steps, t2 = t * t, t3 = t2 * t;
      const Vec3 at = (b.at * 2 + (c.at - a.at) * t + (a.at * 2 - b.at * 5 + c.at * 4 - d.at) * t2 +
                       (b.at * 3 - a.at - c.at * 3 + d.at) * t3) *
                      0.5;
      points.push_back({at, b.radius + (c.radius - b.radius) * t});
    }
  }
  points.push_back(nodes.back());
  return points;
}

ShapePtr tube(const std::vector<TubeNode>& nodes) {
  double width = 0;
  for (const TubeNode& node : nodes) width += node.radius / static_cast<double>(nodes.size());
  return std::make_shared<Tube>(curve(nodes, std::clamp(width, kShortestStepMm, kLongestStepMm)));
}
ShapePtr unite(std::vector<ShapePtr> shapes, double blend_mm) {
  return std::make_shared<Union>(std::move(shapes), blend_mm);
}
ShapePtr intersect(ShapePtr a, ShapePtr b) {
  const Box box = a->bounds().common(b->bounds());
  return implicit([a, b](Vec3 p) { return std::max(a->distance(p), b->distance(p)); }, box);
}
ShapePtr cut(ShapePtr a, ShapePtr b) {
  const Box box = a->bounds(), hole = b->bounds();
  return implicit(
      [a, b, hole](Vec3 p) {
        const double d = a->distance(p);
        const double beyond = distance_to_box(hole, p);
        return beyond > -d ? d : std::max(d, -b->distance(p));
      },
      box);
}
ShapePtr rind(ShapePtr a, double depth_mm) {
  const Box box = a->bounds();
  return implicit(
      [a, depth_mm](Vec3 p) {
        const double d = a->distance(p);
        return std::max(d, -d - depth_mm);
      },
      box);
}
ShapePtr implicit(std::function<double(Vec3)> distance, Box bounds) {
  return std::make_shared<Implicit>(std::move(distance), bounds);
}
Vec3 mirrored(Vec3 p) {
  return {-p.x, p.y, p.z};
}

}  // namespace netpet::phantom
