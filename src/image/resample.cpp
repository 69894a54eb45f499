#include "image/resample.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel_for.h"
#include "image/index_map.h"

namespace netpet::image {
namespace {

using space::Geometry;
using space::Vec3;

// Rounding in the chain of affines stays far below this part of a voxel, and no image shows it.
constexpr double snap_voxels = 1e-5;
constexpr std::size_t rows_a_chunk = 64;

/// Columns first … last − 1 of a target row.
struct Columns {
  int first = 0;
  int last = 0;
};

/// Whether a continuous index lies in a voxel of an axis with `count` voxels.
bool is_inside(double index, int count) {
  return index >= -0.5 - snap_voxels && index <= count - 0.5 + snap_voxels;
}

bool is_inside(Vec3 index, const Geometry& source) {
  return is_inside(index.x, source.size[0]) && is_inside(index.y, source.size[1]) &&
         is_inside(index.z, source.size[2]);
}

/// The columns of a row, start + i · step, that lie inside the source. The row is a line and the source is
/// convex, so they form one run: the bounds are solved for, then corrected by the exact test.
Columns columns_inside(Vec3 start, Vec3 step, int width, const Geometry& source) {
  double low = 0, high = width - 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double first_face = -0.5, last_face = source.size[static_cast<std::size_t>(axis)] - 0.5;
    if (std::abs(step[axis]) < 1e-12) {
      if (!is_inside(start[axis], source.size[static_cast<std::size_t>(axis)])) return {};
      continue;
    }
    const double a = (first_face - start[axis]) / step[axis], b = (last_face - start[axis]) / step[axis];
    low = std::max(low, std::min(a, b));
    high = std::min(high, std::max(a, b));
  }
  if (low > high + 2) return {};
  Columns columns{std::max(0, static_cast<int>(std::floor(low)) - 1),
                  std::min(width, static_cast<int>(std::ceil(high)) + 2)};
  const auto inside = [&](int column) { return is_inside(start + step * column, source); };
  while (columns.first < columns.last && !inside(columns.first)) ++columns.first;
  while (columns.last > columns.first && !inside(columns.last - 1)) --columns.last;
  return columns;
}

/// Two neighbours along one axis and the weight of the second. A place on a voxel centre gets weight 0
/// exactly.
struct Neighbours {
  std::ptrdiff_t first;
  std::ptrdiff_t second;
  float weight;
};

Neighbours neighbours_at(double index, int count) {
  const double clamped = std::clamp(index, 0.0, static_cast<double>(count - 1));
  int below = static_cast<int>(clamped);
  double weight = clamped - below;
  if (weight > 1 - snap_voxels) {
    ++below;
    weight = 0;
  } else if (weight < snap_voxels) {
    weight = 0;
  }
  return {below, std::min(below + 1, count - 1), static_cast<float>(weight)};
}

float mix(float a, float b, float weight) {
  return a + (b - a) * weight;
}

template <class T>
T to_voxel(float value);
template <>
float to_voxel<float>(float value) {
  return value;
}
template <>
std::int16_t to_voxel<std::int16_t>(float value) {
  return static_cast<std::int16_t>(std::floor(value + 0.5f));
}

/// The four rows of the source around a place (y, z), interpolated along x.
template <class T>
struct RowBundle {
  std::array<const T*, 4> rows;  ///< (y0,z0), (y1,z0), (y0,z1), (y1,z1)
  float weight_y;
  float weight_z;

  RowBundle(const Volume<T>& source, double y, double z) {
    const auto& size = source.geometry().size;
    const Neighbours j = neighbours_at(y, size[1]), k = neighbours_at(z, size[2]);
    const auto row = [&](std::ptrdiff_t row_j, std::ptrdiff_t row_k) {
      return source.voxels().data() + (row_k * size[1] + row_j) * size[0];
    };
    rows = {row(j.first, k.first), row(j.second, k.first), row(j.first, k.second), row(j.second, k.second)};
    weight_y = j.weight;
    weight_z = k.weight;
  }

  T at(const Neighbours& i) const {
    const auto along_x = [&](const T* row) {
      return mix(static_cast<float>(row[i.first]), static_cast<float>(row[i.second]), i.weight);
    };
    return to_voxel<T>(mix(mix(along_x(rows[0]), along_x(rows[1]), weight_y),
                           mix(along_x(rows[2]), along_x(rows[3]), weight_y), weight_z));
  }
};

/// Calls `fill(row, start, step, columns)` for every target row; `row` points at its first voxel.
template <class T, class Fill>
void for_each_row(Volume<T>& target, const Geometry& source, const space::Affine& target_to_source,
                  const base::Run& run, Fill&& fill) {
  const auto& size = target.geometry().size;
  const space::Affine map = index_map(target.geometry(), target_to_source, source);
  const Vec3 step{map.linear(0, 0), map.linear(1, 0), map.linear(2, 0)};
  const std::size_t rows = static_cast<std::size_t>(size[1]) * static_cast<std::size_t>(size[2]);
  base::parallel_for(run, rows, rows_a_chunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t j = n % static_cast<std::size_t>(size[1]), k = n / static_cast<std::size_t>(size[1]);
      const Vec3 start =
          map.linear * Vec3{0, static_cast<double>(j), static_cast<double>(k)} + map.translation;
      T* row = target.voxels().data() + n * static_cast<std::size_t>(size[0]);
      fill(row, start, step, columns_inside(start, step, size[0], source));
    }
  });
}

template <class T>
Volume<T> resample_linear_as(const Volume<T>& source, const Geometry& target,
                             const space::Affine& target_to_source, T outside, const base::Run& run) {
  Volume<T> result(target, outside);
  if (source.empty()) return result;
  const auto& size = source.geometry().size;
  for_each_row(result, source.geometry(), target_to_source, run,
               [&](T* row, Vec3 start, Vec3 step, Columns columns) {
                 if (columns.first >= columns.last) return;
                 // Where the grids' axes are parallel, one bundle of rows serves the whole target row.
                 const double drift = std::max(std::abs(step.y), std::abs(step.z)) * columns.last;
                 if (drift < snap_voxels) {
                   const RowBundle<T> bundle(source, start.y, start.z);
                   for (int i = columns.first; i < columns.last; ++i)
                     row[i] = bundle.at(neighbours_at(start.x + step.x * i, size[0]));
                 } else {
                   for (int i = columns.first; i < columns.last; ++i) {
                     const Vec3 at = start + step * i;
                     row[i] = RowBundle<T>(source, at.y, at.z).at(neighbours_at(at.x, size[0]));
                   }
                 }
               });
  return result;
}

/// The same through a transform that bends rows. `value_at` has the source's index.
template <class T, class ValueAt>
Volume<T> resample_bent(const Geometry& source, const Geometry& target,
                        const space::Transform& target_to_source, T outside, const base::Run& run,
                        ValueAt&& value_at) {
  Volume<T> result(target, outside);
  if (source.voxels() == 0) return result;
  const auto width = static_cast<std::size_t>(target.size[0]),
             height = static_cast<std::size_t>(target.size[1]);
  const space::Affine to_index = lps_to_index(source);
  base::parallel_for(
      run, height * static_cast<std::size_t>(target.size[2]), rows_a_chunk,
      [&](std::size_t begin, std::size_t end) {
        std::vector<Vec3> indices(width);
        for (std::size_t row = begin; row < end; ++row) {
          const space::IndexIjk first{0, static_cast<int>(row % height), static_cast<int>(row / height)};
          target_to_source.along(target.to_lps(first), target.step(0), to_index, indices);
          for (std::size_t i = 0; i < width; ++i)
            if (is_inside(indices[i], source)) result[row * width + i] = value_at(indices[i]);
        }
      });
  return result;
}

template <class T>
Volume<T> resample_linear_by(const Volume<T>& source, const Geometry& target,
                             const space::Transform& target_to_source, T outside, const base::Run& run) {
  if (const space::Affine* affine = target_to_source.affine())
    return resample_linear_as<T>(source, target, *affine, outside, run);
  return resample_bent<T>(source.geometry(), target, target_to_source, outside, run, [&](Vec3 at) {
    return RowBundle<T>(source, at.y, at.z).at(neighbours_at(at.x, source.geometry().size[0]));
  });
}

int nearest_index(double index, int count) {
  return std::clamp(static_cast<int>(std::floor(index + 0.5 + snap_voxels)), 0, count - 1);
}

std::uint16_t nearest_label(const LabelMap& source, Vec3 at) {
  const auto& size = source.geometry().size;
  return source(space::IndexIjk{nearest_index(at.x, size[0]), nearest_index(at.y, size[1]),
                                nearest_index(at.z, size[2])});
}

LabelMap resample_nearest_as(const LabelMap& source, const Geometry& target,
                             const space::Affine& target_to_source, const base::Run& run) {
  LabelMap result(target, 0);
  if (source.empty()) return result;
  for_each_row(result, source.geometry(), target_to_source, run,
               [&](std::uint16_t* row, Vec3 start, Vec3 step, Columns columns) {
                 for (int i = columns.first; i < columns.last; ++i) {
                   row[i] = nearest_label(source, start + step * i);
                 }
               });
  return result;
}

}  // namespace

PetVolume resample_linear(const PetVolume& source, const Geometry& target,
                          const space::Transform& target_to_source, float outside, const base::Run& run) {
  return resample_linear_by<float>(source, target, target_to_source, outside, run);
}

CtVolume resample_linear(const CtVolume& source, const Geometry& target,
                         const space::Transform& target_to_source, std::int16_t outside,
                         const base::Run& run) {
  return resample_linear_by<std::int16_t>(source, target, target_to_source, outside, run);
}

LabelMap resample_nearest(const LabelMap& source, const Geometry& target,
                          const space::Transform& target_to_source, const base::Run& run) {
  if (const space::Affine* affine = target_to_source.affine())
    return resample_nearest_as(source, target, *affine, run);
  return resample_bent<std::uint16_t>(source.geometry(), target, target_to_source, 0, run,
                                      [&](Vec3 at) { return nearest_label(source, at); });
}

}  // namespace netpet::image
