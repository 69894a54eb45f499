#include "image/distance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel_for.h"

namespace netpet::image {

namespace {

constexpr float kFar = std::numeric_limits<float>::infinity();
constexpr std::size_t kLinesAChunk = 64;

/// Squared distances on a block of the grid.
struct Block {
  std::array<int, 3> size{};
  std::vector<float> squared;
  std::size_t lines(int across) const {
    return squared.size() / static_cast<std::size_t>(std::max(size[static_cast<std::size_t>(across)], 1));
  }
};

/// Along a row the nearest set voxel is found by one sweep in each direction; what is farther than `farthest`
/// (mm²) counts as infinitely far.
void transform_row(float* row, int n, double spacing, float farthest) {
  double nearest = std::numeric_limits<double>::infinity();
  for (int i = 0; i < n; ++i) {
    nearest = row[i] == 0 ? 0 : nearest + spacing;
    row[i] = static_cast<float>(nearest * nearest);
  }
  nearest = std::numeric_limits<double>::infinity();
  for (int i = n - 1; i >= 0; --i) {
    nearest = row[i] == 0 ? 0 : nearest + spacing;
    row[i] = std::min(row[i], static_cast<float>(nearest * nearest));
    if (row[i] > farthest) row[i] = kFar;
  }
}

/// The lower envelope of the parabolas f(q) + (spacing (p − q))², Felzenszwalb & Huttenlocher's algorithm 1.
/// A set voxel between two others is the nearest of itself alone, so its parabola is left out.
class Envelope {
 public:
  explicit Envelope(int n)
      : vertex_(static_cast<std::size_t>(n)), height_(vertex_.size()), from_(vertex_.size() + 1) {}

  void transform(float* line, int n, std::size_t stride, double spacing, float farthest) {
    const auto at = [line, stride](int q) { return line[static_cast<std::size_t>(q) * stride]; };
    int last = -1;
    for (int q = 0; q < n; ++q) {
      const double height = at(q);
      if (std::isinf(height)) continue;
      if (height == 0 && q > 0 && q + 1 < n && at(q - 1) == 0 && at(q + 1) == 0) continue;
      double begin = -std::numeric_limits<double>::infinity();
      while (last >= 0) {
        const auto v = static_cast<std::size_t>(last);
        const double a = vertex_[v] * spacing, b = q * spacing;
        begin = ((height + b * b) - (height_[v] + a * a)) / (2 * (b - a));
        if (begin > from_[v]) break;
        --last;
        begin = -std::numeric_limits<double>::infinity();
      }
      ++last;
      const auto v = static_cast<std::size_t>(last);
      vertex_[v] = q, height_[v] = height, from_[v] = begin;
    }
    if (last < 0) return;
    std::size_t v = 0;
    for (int p = 0; p < n; ++p) {
      float& value = line[static_cast<std::size_t>(p) * stride];
      if (value == 0) continue;
      while (v < static_cast<std::size_t>(last) && from_[v + 1] < p * spacing) ++v;
      const double step = (p - vertex_[v]) * spacing;
      value = static_cast<float>(height_[v] + step * step);
      if (value > farthest) value = kFar;
    }
  }

 private:
  std::vector<int> vertex_;
  std::vector<double> height_;
  std::vector<double> from_;  ///< where each parabola begins to be the lowest, mm
};

/// Squared distances (mm²) to the set (or, for `inside` = 0, the unset) voxels of `mask`, within `box`;
/// infinite where above `farthest`.
Block squared_distances(const Mask& mask, const Box& box, std::uint8_t inside, float farthest,
                        const base::Run& run) {
  const space::Geometry& grid = mask.geometry();
  Block block;
  for (std::size_t a = 0; a < 3; ++a) block.size[a] = box.last[a] - box.first[a] + 1;
  const auto nx = static_cast<std::size_t>(block.size[0]), ny = static_cast<std::size_t>(block.size[1]),
             nz = static_cast<std::size_t>(block.size[2]);
  block.squared.resize(nx * ny * nz);
  base::parallel_for(run, ny * nz, kLinesAChunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t line = begin; line < end; ++line) {
      const space::IndexIjk start{box.first[0], box.first[1] + static_cast<int>(line % ny),
                                  box.first[2] + static_cast<int>(line / ny)};
      const std::uint8_t* source = mask.voxels().data() + grid.offset(start);
      float* row = block.squared.data() + line * nx;
      for (std::size_t i = 0; i < nx; ++i) row[i] = (source[i] != 0) == (inside != 0) ? 0 : kFar;
      transform_row(row, block.size[0], grid.spacing.x, farthest);
    }
  });
  base::parallel_for(run, nx * nz, kLinesAChunk, [&](std::size_t begin, std::size_t end) {
    Envelope envelope(block.size[1]);
    for (std::size_t line = begin; line < end; ++line)
      envelope.transform(block.squared.data() + line / nx * nx * ny + line % nx, block.size[1], nx,
                         grid.spacing.y, farthest);
  });
  base::parallel_for(run, nx * ny, kLinesAChunk, [&](std::size_t begin, std::size_t end) {
    Envelope envelope(block.size[2]);
    for (std::size_t line = begin; line < end; ++line)
      envelope.transform(block.squared.data() + line, block.size[2], nx * ny, grid.spacing.z, farthest);
  });
  return block;
}

/// Calls `set(offset in the grid, squared distance)` for every voxel of the block.
template <class Set>
void for_each_voxel(const space::Geometry& grid, const Box& box, const Block& block, Set&& set) {
  const float* value = block.squared.data();
  for (int k = box.first[2]; k <= box.last[2]; ++k)
    for (int j = box.first[1]; j <= box.last[1]; ++j) {
      std::size_t offset = grid.offset({box.first[0], j, k});
      for (int i = box.first[0]; i <= box.last[0]; ++i) set(offset++, *value++);
    }
}

/// A distance that differs from the radius by rounding alone counts as equal to it.
float squared_limit(double radius_mm) {
  return static_cast<float>(radius_mm * radius_mm * (1 + 1e-6));
}

}  // namespace

Volume<float> distance_mm(const Mask& mask, const base::Run& run) {
  const space::Geometry& grid = mask.geometry();
  if (mask.empty()) return Volume<float>(grid);
  const Box whole{{0, 0, 0}, {grid.size[0] - 1, grid.size[1] - 1, grid.size[2] - 1}};
  Block block = squared_distances(mask, whole, 1, kFar, run);
  for (float& value : block.squared) value = std::sqrt(value);
  return {grid, std::move(block.squared)};
}

Mask dilate(const Mask& mask, double radius_mm, const base::Run& run) {
  Mask result(mask.geometry());
  const Box box = bounding_box(mask).grown(mask.geometry(), radius_mm);
  if (box.empty()) return result;
  const float limit = squared_limit(radius_mm);
  const Block block = squared_distances(mask, box, 1, limit, run);
  for_each_voxel(mask.geometry(), box, block,
                 [&](std::size_t offset, float squared) { result[offset] = squared <= limit; });
  return result;
}

Mask erode(const Mask& mask, double radius_mm, const base::Run& run) {
  Mask result(mask.geometry());
  // One voxel around the block is enough: every path out of the mask crosses it.
  const Box box = bounding_box(mask).grown(mask.geometry(), 0);
  if (box.empty()) return result;
  const float limit = squared_limit(radius_mm);
  const Block block = squared_distances(mask, box, 0, limit, run);
  for_each_voxel(mask.geometry(), box, block,
                 [&](std::size_t offset, float squared) { result[offset] = squared > limit; });
  return result;
}

}  // namespace netpet::image
