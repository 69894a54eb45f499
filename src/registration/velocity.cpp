#include "registration/velocity.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel_for.h"

namespace netpet::registration {
namespace {

using space::DisplacementField;
using space::IndexIjk;
using space::Vec3;
using space::Vec3f;

constexpr std::size_t grain = 4096;
constexpr double first_step_nodes =
    0.25;  // the first step moves no place by more than this, so that it is exact

double greatest_length(const DisplacementField& field) {
  float greatest = 0;
  for (const Vec3f& v : field.nodes()) greatest = std::max(greatest, dot(v, v));
  return std::sqrt(static_cast<double>(greatest));
}

/// Displacement of the place at a node, as differences along one axis: 1 forward, −1 backward.
Vec3 difference(const DisplacementField& field, IndexIjk at, int axis, int sign) {
  IndexIjk other = at;
  (axis == 0 ? other.i : axis == 1 ? other.j : other.k) += sign;
  if (!field.grid().contains(other)) return {};
  const Vec3f d = field.nodes()[field.grid().offset(other)] - field.nodes()[field.grid().offset(at)];
  return wide(d) * (sign / field.grid().spacing.x);
}

struct Range {
  double least = 1, greatest = 1;
};

Range determinants_at(const DisplacementField& field, IndexIjk at) {
  std::array<std::array<Vec3, 2>, 3> along;
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side) {
      Vec3 column = difference(field, at, axis, side == 0 ? 1 : -1);
      column[axis] += 1;
      along[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)] = column;
    }
  Range range{1e300, -1e300};
  for (std::size_t corner = 0; corner < 8; ++corner) {
    const double determinant =
        dot(along[0][corner & 1], cross(along[1][corner >> 1 & 1], along[2][corner >> 2]));
    range.least = std::min(range.least, determinant);
    range.greatest = std::max(range.greatest, determinant);
  }
  return range;
}

}  // namespace

DisplacementField flow(const DisplacementField& velocity, float share, const base::Run& run) {
  const space::Geometry& grid = velocity.grid();
  const double longest = greatest_length(velocity) * std::abs(double(share)) / grid.spacing.x;
  int squarings = 0;
  while (std::ldexp(longest, -squarings) > first_step_nodes) ++squarings;
  DisplacementField current = velocity, next(grid);
  const auto scale = static_cast<float>(std::ldexp(double(share), -squarings));
  for (Vec3f& v : current.nodes()) v = v * scale;
  for (int n = 0; n < squarings; ++n) {
    base::parallel_for(run, grid.voxels(), grain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t node = begin; node < end; ++node) {
        const Vec3f d = current.nodes()[node];
        next.nodes()[node] = d + current.at(grid.to_lps(grid.index(node)) + wide(d));
      }
    });
    current.nodes().swap(next.nodes());
  }
  return current;
}

DisplacementField resampled(const DisplacementField& field, const space::Geometry& grid,
                            const base::Run& run) {
  DisplacementField result(grid);
  base::parallel_for(run, grid.voxels(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) result.nodes()[n] = field.at(grid.to_lps(grid.index(n)));
  });
  return result;
}

VolumeChange volume_change(const DisplacementField& displacement, const image::Mask& inside,
                           const base::Run& run) {
  const space::Geometry& grid = displacement.grid();
  struct Part {
    Range range;
    std::size_t folded = 0, counted = 0;
  };
  std::vector<Part> parts((grid.voxels() + grain - 1) / grain);
  base::parallel_for(run, grid.voxels(), grain, [&](std::size_t begin, std::size_t end) {
    Part& part = parts[begin / grain];
    for (std::size_t n = begin; n < end; ++n) {
      const IndexIjk at = grid.index(n), voxel = inside.geometry().nearest(grid.to_lps(at));
      if (!inside.geometry().contains(voxel) || !inside(voxel)) continue;
      const Range range = determinants_at(displacement, at);
      part.range.least = std::min(part.range.least, range.least);
      part.range.greatest = std::max(part.range.greatest, range.greatest);
      part.folded += range.least <= 0;
      ++part.counted;
    }
  });
  VolumeChange change;
  std::size_t folded = 0, counted = 0;
  for (const Part& part : parts) {
    change.least = std::min(change.least, part.range.least);
    change.greatest = std::max(change.greatest, part.range.greatest);
    folded += part.folded;
    counted += part.counted;
  }
  if (counted > 0) change.folded_fraction = static_cast<double>(folded) / static_cast<double>(counted);
  return change;
}

}  // namespace netpet::registration
