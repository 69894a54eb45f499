#include "registration/grids.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel_for.h"
#include "image/resample.h"

namespace netpet::registration {
namespace {

using space::Geometry;
using space::IndexIjk;
using space::PointLps;

/// The grid of means over factor[axis] voxels along each axis; an incomplete last block is dropped.
Geometry block_grid(const Geometry& geometry, const std::array<int, 3>& factor) {
  Geometry blocks = geometry;
  std::array<double, 3> centre{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    blocks.size[axis] = geometry.size[axis] / factor[axis];
    blocks.spacing[static_cast<int>(axis)] *= factor[axis];
    centre[axis] = (factor[axis] - 1) / 2.0;
  }
  blocks.origin = geometry.to_lps(space::ContinuousIjk{centre[0], centre[1], centre[2]});
  return blocks;
}

std::array<int, 3> factors_for(const Geometry& geometry, double spacing_mm) {
  std::array<int, 3> factor{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    factor[axis] =
        std::clamp(static_cast<int>(std::lround(spacing_mm / geometry.spacing[static_cast<int>(axis)])), 1,
                   geometry.size[axis]);
  return factor;
}

/// Adds a row of voxels, clamped, to the sums of its blocks.
template <class T, class Sum>
void add_row(const T* row, int factor, T low, T high, std::vector<Sum>& sums) {
  for (auto& sum : sums) {
    Sum part = 0;
    for (int n = 0; n < factor; ++n) part += static_cast<Sum>(std::clamp(*row++, low, high));
    sum += part;
  }
}

template <class T, class Sum>
Field block_means(const image::Volume<T>& source, const std::array<int, 3>& factor, T low, T high,
                  const base::Run& run) {
  const Geometry& geometry = source.geometry();
  Field result(block_grid(geometry, factor));
  const auto& size = result.geometry().size;
  const float scale = 1.0f / static_cast<float>(factor[0] * factor[1] * factor[2]);
  base::parallel_for(run, static_cast<std::size_t>(size[2]), 1, [&](std::size_t begin, std::size_t) {
    std::vector<Sum> sums(static_cast<std::size_t>(size[0]));
    const int k = static_cast<int>(begin);
    for (int j = 0; j < size[1]; ++j) {
      std::fill(sums.begin(), sums.end(), Sum{0});
      for (int dk = 0; dk < factor[2]; ++dk)
        for (int dj = 0; dj < factor[1]; ++dj)
          add_row(&source.voxels()[geometry.offset({0, j * factor[1] + dj, k * factor[2] + dk})], factor[0],
                  low, high, sums);
      float* out = &result.voxels()[result.geometry().offset({0, j, k})];
      for (std::size_t i = 0; i < sums.size(); ++i) out[i] = static_cast<float>(sums[i]) * scale;
    }
  });
  return result;
}

}  // namespace

Geometry patient_grid(const Geometry& geometry, double spacing_mm) {
  std::array<double, 3> low{1e300, 1e300, 1e300}, high{-1e300, -1e300, -1e300};
  for (int corner = 0; corner < 8; ++corner) {
    const auto face = [&](int axis) {
      return corner >> axis & 1 ? geometry.size[static_cast<std::size_t>(axis)] - 0.5 : -0.5;
    };
    const PointLps p = geometry.to_lps(space::ContinuousIjk{face(0), face(1), face(2)});
    const std::array<double, 3> at{p.x, p.y, p.z};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], at[axis]);
      high[axis] = std::max(high[axis], at[axis]);
    }
  }
  Geometry grid;
  grid.frame_of_reference_uid = geometry.frame_of_reference_uid;
  grid.spacing = {spacing_mm, spacing_mm, spacing_mm};
  std::array<double, 3> first{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    grid.size[axis] = std::max(1, static_cast<int>(std::floor((high[axis] - low[axis]) / spacing_mm + 1e-6)));
    const double rest = high[axis] - low[axis] - spacing_mm * grid.size[axis];
    first[axis] = low[axis] + (rest + spacing_mm) / 2;
  }
  grid.origin = {first[0], first[1], first[2]};
  return grid;
}

Field on_patient_grid(const image::CtVolume& source, double spacing_mm, float low, float high,
                      const base::Run& run) {
  const Field means = block_means<std::int16_t, std::int32_t>(
      source, factors_for(source.geometry(), spacing_mm), static_cast<std::int16_t>(low),
      static_cast<std::int16_t>(high), run);
  return image::resample_linear(means, patient_grid(source.geometry(), spacing_mm), {}, low, run);
}

Field on_patient_grid(const image::PetVolume& source, double spacing_mm, float low, float high,
                      const base::Run& run) {
  const Field means =
      block_means<float, double>(source, factors_for(source.geometry(), spacing_mm), low, high, run);
  return image::resample_linear(means, patient_grid(source.geometry(), spacing_mm), {}, low, run);
}

namespace {

template <class T, class Combine>
image::Volume<T> halved_by(const image::Volume<T>& volume, Combine&& combine) {
  const Geometry& fine = volume.geometry();
  image::Volume<T> result(
      block_grid(fine, {std::min(2, fine.size[0]), std::min(2, fine.size[1]), std::min(2, fine.size[2])}));
  const Geometry& coarse = result.geometry();
  const IndexIjk step{fine.size[0] > 1 ? 1 : 0, fine.size[1] > 1 ? 1 : 0, fine.size[2] > 1 ? 1 : 0};
  std::size_t n = 0;
  for (int k = 0; k < coarse.size[2]; ++k)
    for (int j = 0; j < coarse.size[1]; ++j)
      for (int i = 0; i < coarse.size[0]; ++i, ++n) {
        float sum = 0;
        for (int corner = 0; corner < 8; ++corner)
          sum += static_cast<float>(volume(IndexIjk{i * (1 + step.i) + (corner & 1 ? step.i : 0),
                                                    j * (1 + step.j) + (corner & 2 ? step.j : 0),
                                                    k * (1 + step.k) + (corner & 4 ? step.k : 0)}));
        result[n] = combine(sum);
      }
  return result;
}

}  // namespace

Field halved(const Field& field) {
  return halved_by(field, [](float sum) { return sum / 8; });
}

image::Mask halved(const image::Mask& mask) {
  return halved_by(mask, [](float sum) { return static_cast<std::uint8_t>(sum >= 4 ? 1 : 0); });
}

}  // namespace netpet::registration
