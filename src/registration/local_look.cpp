#include "registration/local_look.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/parallel_for.h"

namespace netpet::registration {
namespace {

/// Count, sum and sum of squares of what is shown.
struct Sums {
  std::vector<float> count, sum, square;
  explicit Sums(std::size_t voxels) : count(voxels, 0), sum(voxels, 0), square(voxels, 0) {}
};

/// Sums over `radius` neighbours on both sides along a line of `length` values `stride` apart.
void sum_line(float* first, std::size_t length, std::size_t stride, std::size_t radius,
              std::vector<double>& running) {
  running.resize(length + 1);
  running[0] = 0;
  for (std::size_t n = 0; n < length; ++n)
    running[n + 1] = running[n] + static_cast<double>(first[n * stride]);
  for (std::size_t n = 0; n < length; ++n) {
    const std::size_t low = n > radius ? n - radius : 0, high = std::min(n + radius + 1, length);
    first[n * stride] = static_cast<float>(running[high] - running[low]);
  }
}

/// The same along the third axis, for one row of all planes at once.
void sum_planes(float* first, std::size_t width, std::size_t depth, std::size_t plane, std::size_t radius,
                std::vector<double>& running) {
  running.assign((depth + 1) * width, 0);
  for (std::size_t k = 0; k < depth; ++k)
    for (std::size_t i = 0; i < width; ++i)
      running[(k + 1) * width + i] = running[k * width + i] + static_cast<double>(first[k * plane + i]);
  for (std::size_t k = 0; k < depth; ++k) {
    const std::size_t low = k > radius ? k - radius : 0, high = std::min(k + radius + 1, depth);
    for (std::size_t i = 0; i < width; ++i)
      first[k * plane + i] = static_cast<float>(running[high * width + i] - running[low * width + i]);
  }
}

void box_sum(std::vector<float>& values, const std::array<int, 3>& size, std::size_t radius,
             const base::Run& run) {
  const auto width = static_cast<std::size_t>(size[0]), height = static_cast<std::size_t>(size[1]),
             depth = static_cast<std::size_t>(size[2]), plane = width * height;
  base::parallel_for(run, depth, 2, [&](std::size_t begin, std::size_t end) {
    std::vector<double> running;
    for (std::size_t k = begin; k < end; ++k) {
      for (std::size_t j = 0; j < height; ++j)
        sum_line(&values[k * plane + j * width], width, 1, radius, running);
      sum_planes(&values[k * plane], width, height, width, radius, running);
    }
  });
  base::parallel_for(run, height, 2, [&](std::size_t begin, std::size_t end) {
    std::vector<double> running;
    for (std::size_t j = begin; j < end; ++j)
      sum_planes(&values[j * width], width, depth, plane, radius, running);
  });
}

}  // namespace

Field local_look(const Field& field, int radius, float floor, const base::Run& run) {
  const std::size_t voxels = field.voxels().size();
  Sums sums(voxels);
  for (std::size_t n = 0; n < voxels; ++n) {
    const float value = field[n];
    if (std::isnan(value)) continue;
    sums.count[n] = 1;
    sums.sum[n] = value;
    sums.square[n] = value * value;
  }
  for (auto* part : {&sums.count, &sums.sum, &sums.square})
    box_sum(*part, field.geometry().size, static_cast<std::size_t>(radius), run);
  Field look(field.geometry());
  for (std::size_t n = 0; n < voxels; ++n) {
    if (std::isnan(field[n])) {
      look[n] = std::numeric_limits<float>::quiet_NaN();
      continue;
    }
    const float mean = sums.sum[n] / sums.count[n];
    const float variance = std::max(0.0F, sums.square[n] / sums.count[n] - mean * mean);
    look[n] = (field[n] - mean) / std::sqrt(variance + floor * floor);
  }
  return look;
}

}  // namespace netpet::registration
