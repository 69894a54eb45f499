#include "image/mip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>

#include "base/parallel_for.h"

namespace netpet::image {
namespace {

// Direction cosines off the axes by less than this move no voxel of a 2 m field of view by a tenth of a
// millimetre.
constexpr double kAlignedCosine = 5e-5;

/// How the axes of a grid lie along the axes of the patient.
struct AxisMap {
  std::array<int, 3> of_lps;          ///< volume axis along LPS x, y, z
  std::array<double, 3> sign_of_lps;  ///< +1 where the index grows with the coordinate
};

std::optional<AxisMap> aligned_axes(const space::Mat3& direction) {
  AxisMap map{};
  for (int lps = 0; lps < 3; ++lps) {
    int best = 0;
    for (int axis = 1; axis < 3; ++axis)
      if (std::abs(direction(lps, axis)) > std::abs(direction(lps, best))) best = axis;
    for (int axis = 0; axis < 3; ++axis)
      if (axis != best && std::abs(direction(lps, axis)) > kAlignedCosine) return std::nullopt;
    map.of_lps[static_cast<std::size_t>(lps)] = best;
    map.sign_of_lps[static_cast<std::size_t>(lps)] = direction(lps, best) > 0 ? 1 : -1;
  }
  return map;
}

/// The smallest box along the patient's axes that holds the corners of a grid: its grid has voxels of
/// `spacing_mm`.
space::Geometry upright_grid(const space::Geometry& geometry, double spacing_mm) {
  space::Vec3 low{1e30, 1e30, 1e30}, high{-1e30, -1e30, -1e30};
  for (int corner = 0; corner < 8; ++corner) {
    const auto end = [&](int bit, int axis) {
      return corner & bit ? double(geometry.size[static_cast<std::size_t>(axis)]) - 0.5 : -0.5;
    };
    const space::PointLps p = geometry.to_lps(space::ContinuousIjk{end(1, 0), end(2, 1), end(4, 2)});
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  space::Geometry upright;
  upright.spacing = {spacing_mm, spacing_mm, spacing_mm};
  for (int axis = 0; axis < 3; ++axis)
    upright.size[static_cast<std::size_t>(axis)] =
        std::max(1, static_cast<int>(std::ceil((high[axis] - low[axis]) / spacing_mm)));
  upright.origin = {low.x + spacing_mm / 2, low.y + spacing_mm / 2, low.z + spacing_mm / 2};
  return upright;
}

float linear_at(const PetVolume& volume, space::ContinuousIjk at) {
  const auto& size = volume.geometry().size;
  const double c[3] = {at.i, at.j, at.k};
  int low[3];
  double share[3];
  for (int axis = 0; axis < 3; ++axis) {
    const int last = size[static_cast<std::size_t>(axis)] - 1;
    if (c[axis] < -0.5 || c[axis] > last + 0.5) return 0;
    const double inside = std::clamp(c[axis], 0.0, double(last));
    low[axis] = std::min(static_cast<int>(inside), std::max(0, last - 1));
    share[axis] = inside - low[axis];
  }
  double sum = 0;
  for (int corner = 0; corner < 8; ++corner) {
    double weight = 1;
    int index[3];
    for (int axis = 0; axis < 3; ++axis) {
      const bool upper = corner >> axis & 1;
      weight *= upper ? share[axis] : 1 - share[axis];
      index[axis] = low[axis] + (upper ? 1 : 0);
    }
    if (weight > 0) sum += weight * volume(space::IndexIjk{index[0], index[1], index[2]});
  }
  return static_cast<float>(sum);
}

/// Oblique grids are rare in PET: they are first laid upright at their own finest spacing.
PetVolume upright(const PetVolume& volume, const base::Run& run) {
  const space::Geometry& from = volume.geometry();
  PetVolume result(upright_grid(from, std::min({from.spacing.x, from.spacing.y, from.spacing.z})));
  const space::Geometry& to = result.geometry();
  const auto columns = static_cast<std::size_t>(to.size[0]);
  const std::size_t rows = to.voxels() / columns;
  constexpr std::size_t kRowsPerChunk = 64;
  base::parallel_for(run, rows, kRowsPerChunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t offset = begin * columns; offset < end * columns; ++offset)
      result[offset] = linear_at(volume, from.to_ijk(to.to_lps(to.index(offset))));
  });
  return result;
}

/// The projection on the volume's own (anisotropic) grid: columns along the picture, rows from the head down.
struct NativeMip {
  int width = 0, height = 0;
  double column_mm = 1, row_mm = 1;
  double left_mm = 0, top_mm = 0;  ///< outer edges
  std::vector<float> suv;
};

struct PictureAxis {
  int axis;       ///< of the volume
  bool reversed;  ///< index against the picture's direction
  int count;
};

int picture_index(const PictureAxis& axis, int index) {
  return axis.reversed ? axis.count - 1 - index : index;
}

NativeMip project_native(const PetVolume& volume, const AxisMap& map, MipView view, const base::Run& run) {
  const space::Geometry& grid = volume.geometry();
  const std::size_t across_lps = view == MipView::coronal ? 0 : 1;
  const auto axis_along = [&](std::size_t lps, double picture_sign) {
    const int axis = map.of_lps[lps];
    return PictureAxis{axis, map.sign_of_lps[lps] * picture_sign < 0,
                       grid.size[static_cast<std::size_t>(axis)]};
  };
  const PictureAxis across = axis_along(across_lps, 1), down = axis_along(2, -1);

  NativeMip mip;
  mip.width = across.count;
  mip.height = down.count;
  mip.column_mm = grid.spacing[across.axis];
  mip.row_mm = grid.spacing[down.axis];
  const auto corner = [&](int i) {
    space::IndexIjk index;
    int* part[3] = {&index.i, &index.j, &index.k};
    *part[across.axis] = across.reversed ? across.count - 1 : 0;
    *part[down.axis] = down.reversed ? down.count - 1 : 0;
    const space::PointLps p = grid.to_lps(index);
    return i == 0 ? p.x : i == 1 ? p.y : p.z;
  };
  mip.left_mm = corner(static_cast<int>(across_lps)) - mip.column_mm / 2;
  mip.top_mm = corner(2) + mip.row_mm / 2;
  mip.suv.assign(static_cast<std::size_t>(mip.width) * static_cast<std::size_t>(mip.height), 0.0F);

  // The place of a voxel in the picture is a sum of one term an axis.
  std::array<std::vector<std::size_t>, 3> term;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    term[axis].assign(static_cast<std::size_t>(grid.size[axis]), 0);
    for (int index = 0; index < grid.size[axis]; ++index) {
      auto& place = term[axis][static_cast<std::size_t>(index)];
      if (static_cast<int>(axis) == across.axis)
        place = static_cast<std::size_t>(picture_index(across, index));
      if (static_cast<int>(axis) == down.axis)
        place = static_cast<std::size_t>(picture_index(down, index)) * static_cast<std::size_t>(mip.width);
    }
  }
  std::mutex merging;
  constexpr std::size_t kSlicesPerChunk = 32;
  base::parallel_for(
      run, static_cast<std::size_t>(grid.size[2]), kSlicesPerChunk, [&](std::size_t begin, std::size_t end) {
        std::vector<float> own(mip.suv.size(), 0.0F);
        std::size_t offset =
            begin * static_cast<std::size_t>(grid.size[0]) * static_cast<std::size_t>(grid.size[1]);
        for (std::size_t k = begin; k < end; ++k)
          for (const std::size_t row_term : term[1]) {
            const std::size_t place = row_term + term[2][k];
            for (const std::size_t column_term : term[0]) {
              const float value = volume[offset++];
              float& greatest = own[place + column_term];
              if (value > greatest) greatest = value;
            }
          }
        const std::scoped_lock lock(merging);  // a maximum does not depend on the order of merging
        for (std::size_t pixel = 0; pixel < own.size(); ++pixel)
          mip.suv[pixel] = std::max(mip.suv[pixel], own[pixel]);
      });
  return mip;
}

/// Where a new pixel lies between the old ones along one direction.
struct Between {
  int low;
  int high;
  float share;
};

std::vector<Between> between(int new_count, double new_mm, int old_count, double old_mm) {
  std::vector<Between> result;
  for (int index = 0; index < new_count; ++index) {
    const double at = std::clamp((index + 0.5) * new_mm / old_mm - 0.5, 0.0, double(old_count - 1));
    const int low = std::min(static_cast<int>(at), std::max(0, old_count - 2));
    result.push_back({low, std::min(low + 1, old_count - 1), static_cast<float>(at - low)});
  }
  return result;
}

Mip with_square_pixels(const NativeMip& native, MipView view, double pixel_mm) {
  Mip mip;
  mip.view = view;
  mip.pixel_mm = pixel_mm;
  mip.left_mm = native.left_mm;
  mip.top_mm = native.top_mm;
  mip.width = std::max(1, static_cast<int>(std::lround(native.width * native.column_mm / pixel_mm)));
  mip.height = std::max(1, static_cast<int>(std::lround(native.height * native.row_mm / pixel_mm)));
  const auto columns = between(mip.width, pixel_mm, native.width, native.column_mm);
  const auto rows = between(mip.height, pixel_mm, native.height, native.row_mm);
  mip.suv.reserve(columns.size() * rows.size());
  for (const Between& row : rows) {
    const float* upper =
        native.suv.data() + static_cast<std::size_t>(row.low) * static_cast<std::size_t>(native.width);
    const float* lower =
        native.suv.data() + static_cast<std::size_t>(row.high) * static_cast<std::size_t>(native.width);
    for (const Between& column : columns) {
      const float a = upper[column.low] + column.share * (upper[column.high] - upper[column.low]);
      const float b = lower[column.low] + column.share * (lower[column.high] - lower[column.low]);
      mip.suv.push_back(a + row.share * (b - a));
    }
  }
  return mip;
}

}  // namespace

Mip project_maximum(const PetVolume& suv, MipView view, double pixel_mm, const base::Run& run) {
  base::check(!suv.empty() && pixel_mm > 0, "a projection needs a volume and a pixel size");
  if (const auto map = aligned_axes(suv.geometry().direction))
    return with_square_pixels(project_native(suv, *map, view, run), view, pixel_mm);
  const PetVolume straight = upright(suv, run);
  const auto map = aligned_axes(straight.geometry().direction);
  return with_square_pixels(project_native(straight, *map, view, run), view, pixel_mm);
}

}  // namespace netpet::image
