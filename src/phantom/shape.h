#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "space/vec3.h"

namespace netpet::phantom {

using space::Vec3;

/// An axis-parallel box in the coordinates of the standard body (mm). Empty as constructed.
struct Box {
  Vec3 low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
           std::numeric_limits<double>::infinity()};
  Vec3 high{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
            -std::numeric_limits<double>::infinity()};

  void include(Vec3 p);
  void include(const Box& other);
  Box grown(double mm) const;
  Box common(const Box& other) const;
  bool meets(const Box& other) const;
  Vec3 centre() const { return (low + high) * 0.5; }
  /// Half the diagonal, mm.
  double radius() const { return space::norm(high - low) * 0.5; }
};

class Shape;
using ShapePtr = std::shared_ptr<const Shape>;

struct Piece {
  ShapePtr shape;
  Box bounds;
};

/// A smooth implicit body: `distance` is about the signed distance to its surface, mm, negative inside.
class Shape {
 public:
  virtual ~Shape() = default;
  virtual double distance(Vec3 p) const = 0;
  virtual Box bounds() const = 0;
  /// The shape as pieces that are quick to ask: each answers as the whole does for points in its own box, and
  /// the boxes together hold the shape. Empty where the shape is best asked as one.
  virtual std::vector<Piece> pieces() const;
};

/// Corners of an ellipsoid: round is x² + y² + z² = 1, boxy is x⁴ + y⁴ + z⁴ = 1.
enum class Corners { round, boxy };

/// Half axes `radii` along x, y, z, turned by `degrees` about x, then y, then z.
ShapePtr ellipsoid(Vec3 centre, Vec3 radii, Vec3 degrees = {}, Corners corners = Corners::round);

/// A point on the axis of a tube and the tube's radius there, mm.
struct TubeNode {
  Vec3 at;
  double radius = 1;
};

/// A tube along the Catmull-Rom curve through the nodes.
ShapePtr tube(const std::vector<TubeNode>& nodes);
/// The points of that curve, at most `step_mm` apart.
std::vector<TubeNode> curve(const std::vector<TubeNode>& nodes, double step_mm);

/// Union; with `blend_mm` above 0 the seam is rounded (polynomial smooth minimum).
ShapePtr unite(std::vector<ShapePtr> shapes, double blend_mm = 0);
ShapePtr intersect(ShapePtr a, ShapePtr b);
/// What of `a` lies outside `b`.
ShapePtr cut(ShapePtr a, ShapePtr b);
/// The part of `a` within `depth_mm` of its surface.
ShapePtr rind(ShapePtr a, double depth_mm);
/// Any distance function within a box.
ShapePtr implicit(std::function<double(Vec3)> distance, Box bounds);
/// The same shape mirrored at x = 0.
Vec3 mirrored(Vec3 p);

}  // namespace netpet::phantom
