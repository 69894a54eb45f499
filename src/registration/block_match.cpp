#include "registration/block_match.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include "base/parallel_for.h"
#include "image/resample.h"

namespace netpet::registration {
namespace {

using space::Geometry;
using space::IndexIjk;

constexpr int width = 8, height = 7, depth = 7;  // eight columns fill two vector registers
constexpr int voxels_a_block = width * height * depth;
constexpr int lattice_step = 4;
constexpr int part_voxels = 12;  // edge of the parts over which blocks are spread
constexpr std::size_t blocks_a_part = 3;
constexpr double least_gradient_hu =
    8;  // root mean square per voxel in the weakest direction: above CT noise after averaging
constexpr double least_correlation = 0.65;  // below, another part of the body matches as well
constexpr float beyond = -1e6f;             // marks places that the moving scan does not show

/// Least eigenvalue of the mean of gradient · gradientᵀ over a block.
double weakest_direction(const Field& field, Block corner) {
  const auto& size = field.geometry().size;
  const std::ptrdiff_t row = size[0], plane = static_cast<std::ptrdiff_t>(size[0]) * size[1];
  Eigen::Matrix3f tensor = Eigen::Matrix3f::Zero();
  for (int k = 0; k < depth; ++k)
    for (int j = 0; j < height; ++j) {
      const float* at =
          field.voxels().data() + field.geometry().offset({corner.i, corner.j + j, corner.k + k});
      for (int i = 0; i < width; ++i, ++at) {
        const Eigen::Vector3f gradient(at[1] - at[-1], at[row] - at[-row], at[plane] - at[-plane]);
        tensor.noalias() += gradient * gradient.transpose();
      }
    }
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix3f> solver;
  solver.computeDirect(tensor, Eigen::EigenvaluesOnly);
  return solver.eigenvalues()[0] / (4.0 * voxels_a_block);  // central differences span two voxels
}

/// Fixed values without their mean, and the root of their sum of squares.
struct Template {
  alignas(32) std::array<float, voxels_a_block> values;
  double norm = 0;
};

Template template_of(const Field& fixed, Block corner) {
  Template result;
  double sum = 0;
  std::size_t n = 0;
  for (int k = 0; k < depth; ++k)
    for (int j = 0; j < height; ++j) {
      const float* row =
          fixed.voxels().data() + fixed.geometry().offset({corner.i, corner.j + j, corner.k + k});
      for (int i = 0; i < width; ++i) sum += result.values[n++] = row[i];
    }
  const auto mean = static_cast<float>(sum / voxels_a_block);
  double squares = 0;
  for (float& value : result.values) {
    value -= mean;
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  result.norm = std::sqrt(squares);
  return result;
}

/// Correlation of the template with the block at `corner`; −1 where part of it lies beyond the moving scan.
double correlation_at(const Template& fixed, const Field& warped, Block corner) {
  const auto& size = warped.geometry().size;
  const float* plane_start = warped.voxels().data() + warped.geometry().offset(corner);
  const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(size[0]) * size[1];
  std::array<float, width> sums{}, squares{},
      products{};  // one sum a column: additions in a fixed order, in parallel lanes
  const float* value = fixed.values.data();
  for (int k = 0; k < depth; ++k, plane_start += plane) {
    const float* row = plane_start;
    for (int j = 0; j < height; ++j, row += size[0], value += width)
      for (std::size_t i = 0; i < width; ++i) {
        const float moving = row[i];
        sums[i] += moving;
        squares[i] += moving * moving;
        products[i] += moving * value[i];
      }
  }
  double sum = 0, square = 0, product = 0;
  for (std::size_t i = 0; i < width; ++i) {
    sum += static_cast<double>(sums[i]);
    square += static_cast<double>(squares[i]);
    product += static_cast<double>(products[i]);
  }
  const double variance = square - sum * sum / voxels_a_block;
  // A marked voxel lifts the mean square far beyond that of any HU.
  if (square > voxels_a_block * 1e7 || variance < voxels_a_block * 1.0) return -1;
  return product / (fixed.norm * std::sqrt(variance));
}

/// The top of the parabola through values at −1, 0 and 1, the middle one being greatest.
double parabola_top(double below, double middle, double above) {
  const double curvature = below - 2 * middle + above;
  return curvature < 0 ? std::clamp(0.5 * (below - above) / curvature, -0.5, 0.5) : 0.0;
}

struct Place {
  space::ContinuousIjk corner;
  double correlation = 0;
};

std::optional<Place> find_block(const Template& fixed, const Field& warped, Block corner, int radius) {
  const auto& size = warped.geometry().size;
  const int edge = 2 * radius + 1;
  std::vector<double> map(static_cast<std::size_t>(edge * edge * edge), -1);
  const auto at = [&](int i, int j, int k) -> double& {
    return map[static_cast<std::size_t>(((k + radius) * edge + j + radius) * edge + i + radius)];
  };
  IndexIjk best{};
  double greatest = -1;
  for (int k = -radius; k <= radius; ++k)
    for (int j = -radius; j <= radius; ++j)
      for (int i = -radius; i <= radius; ++i) {
        const Block there{corner.i + i, corner.j + j, corner.k + k};
        if (there.i < 0 || there.j < 0 || there.k < 0 || there.i + width > size[0] ||
            there.j + height > size[1] || there.k + depth > size[2])
          continue;
        const double value = at(i, j, k) = correlation_at(fixed, warped, there);
        if (value > greatest) {
          greatest = value;
          best = {i, j, k};
        }
      }
  if (greatest < least_correlation) return std::nullopt;
  if (std::max({std::abs(best.i), std::abs(best.j), std::abs(best.k)}) == radius) return std::nullopt;
  const auto refined = [&](double below, double above) { return parabola_top(below, greatest, above); };
  return Place{{corner.i + best.i + refined(at(best.i - 1, best.j, best.k), at(best.i + 1, best.j, best.k)),
                corner.j + best.j + refined(at(best.i, best.j - 1, best.k), at(best.i, best.j + 1, best.k)),
                corner.k + best.k + refined(at(best.i, best.j, best.k - 1), at(best.i, best.j, best.k + 1))},
               greatest};
}

space::PointLps middle_of_block(const Geometry& grid, space::ContinuousIjk corner) {
  return grid.to_lps(space::ContinuousIjk{corner.i + (width - 1) / 2.0, corner.j + (height - 1) / 2.0,
                                          corner.k + (depth - 1) / 2.0});
}

}  // namespace

std::vector<Block> structured_blocks(const Field& structure, const image::Mask& body, const base::Run& run) {
  const Geometry& grid = structure.geometry();
  std::vector<Block> corners;
  for (int k = 1; k + depth < grid.size[2]; k += lattice_step)
    for (int j = 1; j + height < grid.size[1]; j += lattice_step)
      for (int i = 1; i + width < grid.size[0]; i += lattice_step)
        if (body(IndexIjk{i + width / 2, j + height / 2, k + depth / 2})) corners.push_back({i, j, k});
  std::vector<double> strength(corners.size());
  base::parallel_for(run, corners.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) strength[n] = weakest_direction(structure, corners[n]);
  });
  std::map<std::tuple<int, int, int>, std::vector<std::size_t>> parts;
  for (std::size_t n = 0; n < corners.size(); ++n)
    if (strength[n] > least_gradient_hu * least_gradient_hu)
      parts[{corners[n].k / part_voxels, corners[n].j / part_voxels, corners[n].i / part_voxels}].push_back(
          n);
  std::vector<Block> chosen;
  for (auto& [part, members] : parts) {
    std::stable_sort(members.begin(), members.end(),
                     [&](auto a, auto b) { return strength[a] > strength[b]; });
    members.resize(std::min(members.size(), blocks_a_part));
    for (const std::size_t n : members) chosen.push_back(corners[n]);
  }
  return chosen;
}

std::vector<Match> match_blocks(const Field& fixed, const std::vector<Block>& blocks, const Field& moving,
                                const space::Affine& fixed_to_moving, Search search, const base::Run& run) {
  const Field warped = image::resample_linear(moving, fixed.geometry(), fixed_to_moving, beyond, run);
  std::vector<std::optional<Match>> found(blocks.size());
  base::parallel_for(run, blocks.size(), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const Block& corner = blocks[n];
      const auto place = find_block(template_of(fixed, corner), warped, corner, search.radius_voxels);
      if (!place) continue;
      const space::ContinuousIjk start{double(corner.i), double(corner.j), double(corner.k)};
      found[n] = Match{middle_of_block(fixed.geometry(), start),
                       fixed_to_moving(middle_of_block(fixed.geometry(), place->corner)),
                       place->correlation * place->correlation};
    }
  });
  std::vector<Match> matches;
  for (const auto& match : found)
    if (match) matches.push_back(*match);
  return matches;
}

}  // namespace netpet::registration
