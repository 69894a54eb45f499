#include "registration/symmetric_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/parallel_for.h"
#include "registration/sampler.h"
#include "registration/velocity.h"

namespace netpet::registration {
namespace {

using space::DisplacementField;
using space::Geometry;
using space::IndexIjk;
using space::Vec3;
using space::Vec3f;

constexpr float tolerated =
    1.5F;                   // difference of two local looks, in local standard deviations, at half weight
constexpr int sweeps = 24;  // information crosses some 20 nodes a round; coarser levels carry it further
constexpr float over_relaxation = 1.6F;
constexpr float most_remaining = 4;       // squared: an air bubble says no more than an edge
constexpr float most_step_nodes = 0.75F;  // the images are linear no further

/// Both images half way.
struct Halfway {
  std::vector<float> sum, difference;  ///< moving + fixed, moving − fixed; NaN where one is not shown
};

Halfway meet(const Field& fixed, const Field& moving, const DisplacementField& velocity,
             const base::Run& run) {
  const DisplacementField there = flow(velocity, 0.5F, run), back = flow(velocity, -0.5F, run);
  const Geometry& grid = fixed.geometry();
  Halfway result;
  result.sum.resize(grid.voxels());
  result.difference.resize(grid.voxels());
  const Sampler fixed_at(fixed), moving_at(moving);
  const auto width = static_cast<std::size_t>(grid.size[0]), height = static_cast<std::size_t>(grid.size[1]);
  base::parallel_for(
      run, height * static_cast<std::size_t>(grid.size[2]), 32, [&](std::size_t begin, std::size_t end) {
        std::vector<Vec3f> ways_there(width), ways_back(width);
        for (std::size_t row = begin; row < end; ++row) {
          space::PointLps p =
              grid.to_lps(IndexIjk{0, static_cast<int>(row % height), static_cast<int>(row / height)});
          there.along_x(p, grid.spacing.x, ways_there);
          back.along_x(p, grid.spacing.x, ways_back);
          const double first = p.x;
          for (std::size_t i = 0; i < width; ++i) {
            p.x = first + static_cast<double>(i) * grid.spacing.x;
            float a = std::numeric_limits<float>::quiet_NaN(), b = a;
            fixed_at.at(p + wide(ways_back[i]), a);
            moving_at.at(p + wide(ways_there[i]), b);
            result.sum[row * width + i] = a + b;
            result.difference[row * width + i] = b - a;
          }
        }
      });
  return result;
}

using Tensor = std::array<float, 6>;

/// Mean normal equations over the voxels of each node's cell.
Evidence gather(const Geometry& grid, const Halfway& halfway, const Geometry& nodes, const base::Run& run) {
  const int ratio = static_cast<int>(std::lround(nodes.spacing.x / grid.spacing.x));
  base::check(nodes.size[0] * ratio <= grid.size[0] && nodes.size[1] * ratio <= grid.size[1] &&
                  nodes.size[2] * ratio <= grid.size[2],
              "a velocity's nodes reach beyond the images");
  Evidence evidence{std::vector<Tensor>(nodes.voxels()), std::vector<Vec3f>(nodes.voxels()),
                    std::vector<float>(nodes.voxels()), std::vector<float>(nodes.voxels())};
  const std::ptrdiff_t row = grid.size[0], plane = row * grid.size[1];
  const auto per_mm = static_cast<float>(1 / (4 * grid.spacing.x));  // of half the sum, over two voxels
  const float cell = static_cast<float>(ratio * ratio * ratio);
  base::parallel_for(run, nodes.voxels(), 2048, [&](std::size_t begin, std::size_t end) {
    for (std::size_t node = begin; node < end; ++node) {
      const IndexIjk at = nodes.index(node);
      Tensor tensor{};
      Vec3f force;
      float remainder = 0, slope = 0;
      for (int voxel = 0; voxel < ratio * ratio * ratio; ++voxel) {
        const IndexIjk v{at.i * ratio + voxel % ratio, at.j * ratio + voxel / ratio % ratio,
                         at.k * ratio + voxel / ratio / ratio};
        if (v.i < 1 || v.j < 1 || v.k < 1 || v.i + 1 >= grid.size[0] || v.j + 1 >= grid.size[1] ||
            v.k + 1 >= grid.size[2])
          continue;
        const std::size_t n = grid.offset(v);
        const float* s = &halfway.sum[n];
        const Vec3f g{(s[1] - s[-1]) * per_mm, (s[row] - s[-row]) * per_mm, (s[plane] - s[-plane]) * per_mm};
        const float d = halfway.difference[n], norm = dot(g, g);
        if (std::isnan(d) || std::isnan(norm)) continue;
        const float share = 1 / (1 + (d / tolerated) * (d / tolerated));
        const float weight = share * share / cell;
        remainder += std::min(d * d, most_remaining) / cell, slope += norm / cell;
        tensor[0] += weight * g.x * g.x, tensor[1] += weight * g.y * g.y, tensor[2] += weight * g.z * g.z;
        tensor[3] += weight * g.x * g.y, tensor[4] += weight * g.x * g.z, tensor[5] += weight * g.y * g.z;
        force = force + g * (-weight * d);
      }
      evidence.curvature[node] = tensor;
      evidence.force[node] = force;
      evidence.remainder[node] = remainder, evidence.slope[node] = slope;
    }
  });
  return evidence;
}

Tensor add(Tensor a, const Tensor& b, float scale) {
  for (std::size_t n = 0; n < a.size(); ++n) a[n] += scale * b[n];
  return a;
}
Vec3f add(Vec3f a, Vec3f b, float scale) {
  return a + b * scale;
}
float add(float a, float b, float scale) {
  return a + b * scale;
}

/// ¼, ½, ¼ along each axis: a node hears what the cells around it say, as linear interpolation weighs them.
template <class T>
void spread(std::vector<T>& values, const std::array<int, 3>& size, const base::Run& run) {
  const std::array<std::size_t, 3> stride{
      1, static_cast<std::size_t>(size[0]),
      static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1])};
  std::vector<T> before;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    before = values;
    base::parallel_for(run, values.size(), 8192, [&](std::size_t begin, std::size_t end) {
      for (std::size_t n = begin; n < end; ++n) {
        const auto at = static_cast<int>(n / stride[axis] % static_cast<std::size_t>(size[axis]));
        T sum = add(T{}, before[n], 0.5F);
        if (at > 0) sum = add(sum, before[n - stride[axis]], 0.25F);
        if (at + 1 < size[axis]) sum = add(sum, before[n + stride[axis]], 0.25F);
        values[n] = sum;
      }
    });
  }
}

/// (A + a · 1)⁻¹ for symmetric A.
Tensor inverse_of(const Tensor& t, float a) {
  const float xx = t[0] + a, yy = t[1] + a, zz = t[2] + a, xy = t[3], xz = t[4], yz = t[5];
  const float c00 = yy * zz - yz * yz, c01 = xz * yz - xy * zz, c02 = xy * yz - xz * yy;
  const float scale = 1 / (xx * c00 + xy * c01 + xz * c02);
  const float c11 = xx * zz - xz * xz, c12 = xy * xz - xx * yz, c22 = xx * yy - xy * xy;
  return {c00 * scale, c11 * scale, c22 * scale, c01 * scale, c02 * scale, c12 * scale};
}

Vec3f product(const Tensor& t, Vec3f v) {
  return {t[0] * v.x + t[3] * v.y + t[4] * v.z, t[3] * v.x + t[1] * v.y + t[5] * v.z,
          t[4] * v.x + t[5] * v.y + t[2] * v.z};
}

/// Six directions in which a node of a grid has a neighbour.
struct Neighbours {
  std::array<std::ptrdiff_t, 6> steps{};
  std::size_t count = 0;
  Neighbours(const Geometry& grid, IndexIjk at) {
    const std::array<int, 3> place{at.i, at.j, at.k};
    std::ptrdiff_t stride = 1;
    for (std::size_t axis = 0; axis < 3; stride *= grid.size[axis++]) {
      if (place[axis] > 0) steps[count++] = -stride;
      if (place[axis] + 1 < grid.size[axis]) steps[count++] = stride;
    }
  }
};

/// One node's equation: its best velocity is inverse · (pull + stiffness · the sum of its neighbours').
struct Balance {
  Tensor inverse{};
  Vec3f pull;
};

std::vector<Balance> balances(const Evidence& evidence, float stiffness, const DisplacementField& velocity,
                              const base::Run& run) {
  std::vector<Balance> result(velocity.nodes().size());
  base::parallel_for(run, result.size(), 8192, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const auto neighbours = static_cast<float>(Neighbours(velocity.grid(), velocity.grid().index(n)).count);
      result[n] = {inverse_of(evidence.curvature[n], stiffness * neighbours),
                   product(evidence.curvature[n], velocity.nodes()[n]) + evidence.force[n]};
    }
  });
  return result;
}

/// The velocity v + δ with (A δ − b) and the Laplacian of v + δ in balance, by red-black over-relaxation;
/// returns δ.
std::vector<Vec3f> balanced_step(const Evidence& evidence, float stiffness, const DisplacementField& velocity,
                                 const base::Run& run) {
  const Geometry& grid = velocity.grid();
  const auto& size = grid.size;
  const std::ptrdiff_t row = size[0], plane = row * size[1];
  const std::vector<Balance> balance = balances(evidence, stiffness, velocity, run);
  std::vector<Vec3f> next = velocity.nodes();
  const auto settle = [&](Vec3f& node, const Balance& of_node, Vec3f neighbours) {
    const Vec3f best = product(of_node.inverse, of_node.pull + neighbours * stiffness);
    node = node + (best - node) * over_relaxation;
  };
  const auto relax_at_border = [&](IndexIjk at) {
    Vec3f* node = &next[grid.offset(at)];
    const Neighbours neighbours(grid, at);
    Vec3f sum;
    for (std::size_t n = 0; n < neighbours.count; ++n) sum = sum + node[neighbours.steps[n]];
    settle(*node, balance[grid.offset(at)], sum);
  };
  const auto relax_inside = [&](std::size_t n) {
    Vec3f* node = &next[n];
    settle(*node, balance[n], node[-1] + node[1] + node[-row] + node[row] + node[-plane] + node[plane]);
  };
  const auto relax_row = [&](int j, int k, int first) {
    const bool border = j == 0 || k == 0 || j + 1 == size[1] || k + 1 == size[2];
    const std::size_t start = grid.offset({0, j, k});
    for (int i = first; i < size[0]; i += 2)
      if (border || i == 0 || i + 1 == size[0])
        relax_at_border({i, j, k});
      else
        relax_inside(start + static_cast<std::size_t>(i));
  };
  for (int sweep = 0; sweep < sweeps; ++sweep)
    for (int colour = 0; colour < 2; ++colour)
      base::parallel_for(run, static_cast<std::size_t>(size[2]), 4, [&](std::size_t begin, std::size_t end) {
        for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k)
          for (int j = 0; j < size[1]; ++j) relax_row(j, k, (j + k + colour) & 1);
      });
  for (std::size_t n = 0; n < next.size(); ++n) next[n] = next[n] - velocity.nodes()[n];
  return next;
}

}  // namespace

Evidence fit_symmetric(const Field& fixed, const Field& moving, const FitLevel& level,
                       DisplacementField& velocity, const base::Run& run) {
  const auto most = static_cast<float>(most_step_nodes * velocity.grid().spacing.x);
  Evidence evidence;
  for (int round = 0; round < level.rounds; ++round) {
    evidence = gather(fixed.geometry(), meet(fixed, moving, velocity, run), velocity.grid(), run);
    spread(evidence.curvature, velocity.grid().size, run);
    spread(evidence.force, velocity.grid().size, run);
    spread(evidence.remainder, velocity.grid().size, run);
    spread(evidence.slope, velocity.grid().size, run);
    const std::vector<Vec3f> step = balanced_step(evidence, level.stiffness, velocity, run);
    for (std::size_t n = 0; n < step.size(); ++n) {
      const float length = std::sqrt(dot(step[n], step[n]));
      velocity.nodes()[n] = velocity.nodes()[n] + step[n] * (length > most ? most / length : 1.0F);
    }
    run.throw_if_stopped();
  }
  return evidence;
}

}  // namespace netpet::registration
