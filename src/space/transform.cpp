#include "space/transform.h"

#include <cmath>
#include <vector>

namespace netpet::space {
namespace {

constexpr double parallel_mm =
    1e-6;  // a row that strays by less from the direction of the nodes runs along it

}  // namespace

void Transform::along(PointLps start, Vec3 step, const Affine& then, std::span<Vec3> result) const {
  const Affine to_result = then.after(after_);
  const PointLps first = before_(start);
  const Vec3 stride = before_.linear * step;
  const Vec3 origin = to_result.linear * Vec3{first.x, first.y, first.z} + to_result.translation;
  const Vec3 pace = to_result.linear * stride;
  for (std::size_t n = 0; n < result.size(); ++n) result[n] = origin + pace * static_cast<double>(n);
  if (!there_) return;
  std::vector<Vec3f> ways(result.size());
  if ((std::abs(stride.y) + std::abs(stride.z)) * static_cast<double>(ways.size()) < parallel_mm)
    there_->along_x(first, stride.x, ways);
  else
    for (std::size_t n = 0; n < ways.size(); ++n)
      ways[n] = there_->at(first + stride * static_cast<double>(n));
  for (std::size_t n = 0; n < ways.size(); ++n) result[n] = result[n] + to_result.linear * wide(ways[n]);
}

Transform Transform::inverted() const {
  if (!there_) return after_.inverted();
  Transform inverse;
  inverse.before_ = after_.inverted();
  inverse.after_ = before_.inverted();
  inverse.there_ = back_;
  inverse.back_ = there_;
  return inverse;
}

}  // namespace netpet::space
