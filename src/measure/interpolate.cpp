#include "measure/interpolate.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace netpet::measure {

namespace {

/// Where a target line crosses the source line, and with what weights.
struct Tap {
  std::array<int, 4> source;
  std::array<double, 4> weight;
};

int mirrored(int at, int size) {
  if (size == 1) return 0;
  const int period = 2 * (size - 1);
  at = std::abs(at) % period;
  return at < size ? at : period - at;
}

Tap linear_tap(double place, int size) {
  const double held = std::clamp(place, 0.0, double(size - 1));
  const int below = std::min(static_cast<int>(held), std::max(size - 2, 0));
  const double share = held - below;
  const int above = std::min(below + 1, size - 1);
  return {{below, above, below, above}, {1 - share, share, 0, 0}};
}

Tap cubic_tap(double place, int size) {
  const double held = std::clamp(place, 0.0, double(size - 1));
  const int below = static_cast<int>(held);
  const double t = held - below, u = 1 - t;
  Tap tap;
  for (int n = 0; n < 4; ++n) tap.source[static_cast<std::size_t>(n)] = mirrored(below - 1 + n, size);
  tap.weight = {u * u * u / 6, 2.0 / 3 - t * t * (2 - t) / 2, 2.0 / 3 - u * u * (2 - u) / 2, t * t * t / 6};
  return tap;
}

/// A block of numbers, i fastest, and the walk along its lines.
struct Block {
  std::array<int, 3> size;
  std::vector<double> values;

  std::size_t voxels() const {
    return static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
           static_cast<std::size_t>(size[2]);
  }
  std::size_t step(int axis) const {
    std::size_t step = 1;
    for (int below = 0; below < axis; ++below) step *= static_cast<std::size_t>(size[std::size_t(below)]);
    return step;
  }
  /// Calls `work(first)` with the first voxel of each line along `axis`.
  template <class Work>
  void each_line(int axis, const Work& work) const {
    const std::size_t length = static_cast<std::size_t>(size[std::size_t(axis)]), along = step(axis);
    for (std::size_t outer = 0; outer < voxels(); outer += along * length)
      for (std::size_t inner = 0; inner < along; ++inner) work(outer + inner);
  }
};

/// The coefficients of the cubic spline along one line of samples, in place: one causal and one anticausal
/// filter with the pole √3 − 2.
void to_coefficients(std::vector<double>& c) {
  const std::size_t n = c.size();
  if (n < 2) return;
  const double z = std::sqrt(3.0) - 2;
  for (double& one : c) one *= 6;
  // The mirrored line is periodic: the sum over one period is exact.
  double power = z, sum = c.front();
  for (std::size_t k = 1; k + 1 < n; ++k) {
    sum += c[k] * (power + std::pow(z, static_cast<double>(2 * n - 2 - k)));
    power *= z;
  }
  sum += c.back() * power;
  c.front() = sum / (1 - power * power);
  for (std::size_t k = 1; k < n; ++k) c[k] += z * c[k - 1];
  c.back() = z / (z * z - 1) * (c.back() + z * c[n - 2]);
  for (std::size_t k = n - 1; k-- > 0;) c[k] = z * (c[k + 1] - c[k]);
}

void to_coefficients(Block& block) {
  for (int axis = 0; axis < 3; ++axis) {
    const auto length = static_cast<std::size_t>(block.size[std::size_t(axis)]);
    const std::size_t step = block.step(axis);
    std::vector<double> line(length);
    block.each_line(axis, [&](std::size_t first) {
      for (std::size_t n = 0; n < length; ++n) line[n] = block.values[first + n * step];
      to_coefficients(line);
      for (std::size_t n = 0; n < length; ++n) block.values[first + n * step] = line[n];
    });
  }
}

Block resampled(const Block& source, int axis, const std::vector<Tap>& taps) {
  Block target{source.size, {}};
  target.size[std::size_t(axis)] = static_cast<int>(taps.size());
  target.values.resize(target.voxels());
  const std::size_t step = source.step(axis);
  std::vector<std::size_t> from;
  source.each_line(axis, [&](std::size_t first) { from.push_back(first); });
  std::size_t line = 0;
  target.each_line(axis, [&](std::size_t first) {
    const std::size_t begin = from[line++];
    for (std::size_t n = 0; n < taps.size(); ++n) {
      double value = 0;
      for (std::size_t tap = 0; tap < 4; ++tap)
        if (taps[n].weight[tap] != 0)
          value += taps[n].weight[tap] *
                   source.values[begin + static_cast<std::size_t>(taps[n].source[tap]) * step];
      target.values[first + n * step] = value;
    }
  });
  return target;
}

}  // namespace

space::Geometry centred_grid(const space::Geometry& grid, space::Vec3 spacing_mm) {
  space::Geometry target = grid;
  space::ContinuousIjk first;
  const std::array<double*, 3> places{&first.i, &first.j, &first.k};
  for (int axis = 0; axis < 3; ++axis) {
    if (spacing_mm[axis] == 0) continue;
    base::check(spacing_mm[axis] > 0, "a spacing is not above 0");
    constexpr double kRounding = 1e-9;  // 100 × 2 mm are 100 voxels of 2 mm, whatever the last bit says
    const int old = grid.size[std::size_t(axis)];
    const double share = grid.spacing[axis] / spacing_mm[axis];
    const double voxels = std::ceil(old * share - kRounding);
    if (voxels > 65535)
      throw base::Error::input("resampling_too_large", "the new voxels are too small for this image");
    target.size[std::size_t(axis)] = std::max(1, static_cast<int>(voxels));
    target.spacing[axis] = spacing_mm[axis];
    *places[std::size_t(axis)] = (old - 1) / 2.0 - (target.size[std::size_t(axis)] - 1) / 2.0 / share;
  }
  target.origin = grid.to_lps(first);
  return target;
}

image::PetVolume interpolate(const image::PetVolume& image, const space::Geometry& target,
                             Interpolation method) {
  Block block{image.geometry().size, std::vector<double>(image.voxels().begin(), image.voxels().end())};
  if (method == Interpolation::cubic_spline) to_coefficients(block);
  const space::ContinuousIjk first = image.geometry().to_ijk(target.origin);
  const std::array<double, 3> begin{first.i, first.j, first.k};
  for (int axis = 0; axis < 3; ++axis) {
    const double step = target.spacing[axis] / image.geometry().spacing[axis];
    const int size = image.geometry().size[std::size_t(axis)];
    std::vector<Tap> taps;
    for (int n = 0; n < target.size[std::size_t(axis)]; ++n) {
      const double place = begin[std::size_t(axis)] + n * step;
      taps.push_back(method == Interpolation::linear ? linear_tap(place, size) : cubic_tap(place, size));
    }
    block = resampled(block, axis, taps);
  }
  return {target, std::vector<float>(block.values.begin(), block.values.end())};
}

space::Geometry part_of(const space::Geometry& grid, const image::Box& box) {
  space::Geometry part = grid;
  part.origin = grid.to_lps(space::IndexIjk{box.first[0], box.first[1], box.first[2]});
  for (std::size_t axis = 0; axis < 3; ++axis) part.size[axis] = box.last[axis] - box.first[axis] + 1;
  return part;
}

image::PetVolume part_of(const image::PetVolume& image, const image::Box& box) {
  image::PetVolume part(part_of(image.geometry(), box));
  const auto row = static_cast<std::ptrdiff_t>(part.geometry().size[0]);
  auto to = part.voxels().begin();
  for (int k = box.first[2]; k <= box.last[2]; ++k)
    for (int j = box.first[1]; j <= box.last[1]; ++j, to += row) {
      const auto from =
          image.voxels().begin() + static_cast<std::ptrdiff_t>(image.geometry().offset({box.first[0], j, k}));
      std::copy(from, from + row, to);
    }
  return part;
}

}  // namespace netpet::measure
