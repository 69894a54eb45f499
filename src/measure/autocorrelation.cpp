#include "measure/autocorrelation.h"

#include <bit>
#include <cmath>
#include <optional>

#include "image/mask.h"
#include "measure/fourier.h"

namespace netpet::measure {

namespace {

/// Sums over ordered pairs of different voxels, w = 1 / distance, x less its mean.
struct PairSums {
  double weight = 0;   ///< Σ w
  double product = 0;  ///< Σ w x y
  double square = 0;   ///< Σ w x²
};

struct Points {
  std::vector<space::IndexIjk> at;  ///< from the corner of the bounding box
  std::vector<double> value;        ///< less the mean
  std::array<int, 3> size{};
  space::Vec3 spacing;
  double square_sum = 0;
};

Points points_of(const image::PetVolume& image, const image::Region& region) {
  const image::Box box = image::bounding_box(image.geometry(), region);
  Points points;
  points.spacing = image.geometry().spacing;
  for (std::size_t axis = 0; axis < 3; ++axis) points.size[axis] = box.last[axis] - box.first[axis] + 1;
  double mean = 0;
  for (const std::size_t voxel : region) mean += double(image[voxel]) / static_cast<double>(region.size());
  for (const std::size_t voxel : region) {
    const space::IndexIjk at = image.geometry().index(voxel);
    points.at.push_back({at.i - box.first[0], at.j - box.first[1], at.k - box.first[2]});
    points.value.push_back(double(image[voxel]) - mean);
    points.square_sum += points.value.back() * points.value.back();
  }
  return points;
}

double weight_at(space::Vec3 spacing, int i, int j, int k) {
  const double d = space::norm({i * spacing.x, j * spacing.y, k * spacing.z});
  return d > 0 ? 1 / d : 0;
}

PairSums sums_by_pairs(const Points& points) {
  const auto [nx, ny, nz] = points.size;
  std::vector<double> weights;
  for (int k = 0; k < nz; ++k)
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) weights.push_back(weight_at(points.spacing, i, j, k));
  PairSums sums;
  for (std::size_t a = 0; a < points.at.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      const int i = std::abs(points.at[a].i - points.at[b].i), j = std::abs(points.at[a].j - points.at[b].j),
                k = std::abs(points.at[a].k - points.at[b].k);
      const double w =
          weights[(static_cast<std::size_t>(k) * static_cast<std::size_t>(ny) + static_cast<std::size_t>(j)) *
                      static_cast<std::size_t>(nx) +
                  static_cast<std::size_t>(i)];
      const double x = points.value[a], y = points.value[b];
      sums.weight += 2 * w;
      sums.product += 2 * w * x * y;
      sums.square += w * (x * x + y * y);
    }
  return sums;
}

std::array<std::size_t, 3> padded(const Points& points) {
  std::array<std::size_t, 3> size{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    size[axis] = std::bit_ceil(2 * static_cast<std::size_t>(points.size[axis]));
  return size;
}

/// The inner sums are a convolution of the weights with region and values, which are transformed together as
/// real and imaginary part.
PairSums sums_by_fourier(const Points& points) {
  ComplexBlock field{padded(points), {}};
  const std::size_t nx = field.size[0], ny = field.size[1], nz = field.size[2];
  field.values.assign(nx * ny * nz, 0);
  ComplexBlock weights = field;
  const auto offset = [&](const space::IndexIjk& at) {
    return (static_cast<std::size_t>(at.k) * ny + static_cast<std::size_t>(at.j)) * nx +
           static_cast<std::size_t>(at.i);
  };
  for (std::size_t one = 0; one < points.at.size(); ++one)
    field.values[offset(points.at[one])] = {1, points.value[one]};
  const auto wrapped = [](std::size_t n, std::size_t length) {
    return static_cast<int>(n) - (2 * n > length ? static_cast<int>(length) : 0);
  };
  std::size_t at = 0;
  for (std::size_t k = 0; k < nz; ++k)
    for (std::size_t j = 0; j < ny; ++j)
      for (std::size_t i = 0; i < nx; ++i)
        weights.values[at++] = weight_at(points.spacing, wrapped(i, nx), wrapped(j, ny), wrapped(k, nz));
  transform(field, Transform::forward);
  transform(weights, Transform::forward);
  for (std::size_t n = 0; n < field.values.size(); ++n)
    field.values[n] *= weights.values[n].real();  // the weights are even: their transform is real
  transform(field, Transform::backward);
  PairSums sums;
  for (std::size_t one = 0; one < points.at.size(); ++one) {
    const std::complex<double> around = field.values[offset(points.at[one])];
    sums.weight += around.real();
    sums.product += around.imag() * points.value[one];
    sums.square += around.real() * points.value[one] * points.value[one];
  }
  return sums;
}

/// Nothing where neither way ends in bearable time and memory.
std::optional<PairSums> sums_of(const Points& points) {
  constexpr double kPairsACell =
      5;  // measured: so many take the time of one cell's share of three transforms
  constexpr double kMostCells = 4e7;   // two blocks of them are 1.3 GB
  constexpr double kMostPairs = 1e10;  // half a minute
  const auto [nx, ny, nz] = padded(points);
  const double pairs = static_cast<double>(points.at.size()) * static_cast<double>(points.at.size());
  const double cells = static_cast<double>(nx) * static_cast<double>(ny) * static_cast<double>(nz);
  if (pairs < kPairsACell * cells * std::log2(cells) && pairs <= kMostPairs) return sums_by_pairs(points);
  if (cells <= kMostCells) return sums_by_fourier(points);
  if (pairs <= kMostPairs) return sums_by_pairs(points);
  return std::nullopt;
}

}  // namespace

Autocorrelation autocorrelation(const image::PetVolume& image, const image::Region& region) {
  if (region.size() < 2)
    return {base::NotComputable{"fewer than two voxels"}, base::NotComputable{"fewer than two voxels"}};
  const Points points = points_of(image, region);
  bool constant = true;
  for (const std::size_t voxel : region) constant = constant && image[voxel] == image[region.front()];
  if (constant)
    return {base::NotComputable{"all voxels have one value"},
            base::NotComputable{"all voxels have one value"}};
  const std::optional<PairSums> found = sums_of(points);
  const base::NotComputable too_large{"the region is too large for a sum over all pairs of its voxels"};
  if (!found) return {too_large, too_large};
  const PairSums& sums = *found;
  const auto n = static_cast<double>(region.size());
  // Σ w (x − y)² over ordered pairs is 2 Σ w x² − 2 Σ w x y.
  return {n / sums.weight * sums.product / points.square_sum,
          (n - 1) / (2 * sums.weight) * (2 * sums.square - 2 * sums.product) / points.square_sum};
}

}  // namespace netpet::measure
