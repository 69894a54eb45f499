#pragma once

#include <cmath>

#include "base/random.h"
#include "base/resources.h"
#include "image/volume.h"
#include "record/organ.h"

namespace netpet::lesions {

/// A PET scan made of balls: organs and lesions on a grid, blurred by a Gaussian point spread, with noise
/// that is correlated as reconstruction leaves it.
struct SyntheticScan {
  image::PetVolume suv;
  image::LabelMap organs;
};

inline const base::Resources& resources() {
  static const base::Resources tables;
  return tables;
}

struct Ball {
  space::PointLps centre;
  double radius_mm;
  float suv;
  record::Organ label = record::Organ::none;  ///< none: the ball paints uptake only
};

inline space::Geometry cube_grid(int n, double spacing) {
  space::Geometry grid;
  grid.size = {n, n, n};
  grid.spacing = {spacing, spacing, spacing};
  return grid;
}

/// Separable Gaussian blur; `fwhm_mm` 0 leaves the image as it is. The border repeats.
inline void blur(image::PetVolume& image, double fwhm_mm) {
  const space::Geometry& grid = image.geometry();
  if (fwhm_mm <= 0) return;
  for (int axis = 0; axis < 3; ++axis) {
    const double sigma = fwhm_mm / 2.3548 / grid.spacing[axis];
    const int reach = static_cast<int>(std::ceil(3.5 * sigma));
    std::vector<double> weight;
    double sum = 0;
    for (int d = -reach; d <= reach; ++d)
      weight.push_back(std::exp(-0.5 * d * d / sigma / sigma)), sum += weight.back();
    const image::PetVolume source = image;
    for (std::size_t at = 0; at < image.voxels().size(); ++at) {
      const space::IndexIjk index = grid.index(at);
      double value = 0;
      for (int d = -reach; d <= reach; ++d) {
        space::IndexIjk to = index;
        int& moving = axis == 0 ? to.i : axis == 1 ? to.j : to.k;
        moving = std::clamp(moving + d, 0, grid.size[static_cast<std::size_t>(axis)] - 1);
        value += weight[static_cast<std::size_t>(d + reach)] * source(to);
      }
      image[at] = static_cast<float>(value / sum);
    }
  }
}

/// Later balls paint over earlier ones. `cov`: SD of a voxel over its value after blurring the noise to
/// `noise_fwhm_mm`.
inline SyntheticScan synthetic_scan(const space::Geometry& grid, float background,
                                    const std::vector<Ball>& balls, double psf_mm, double cov,
                                    double noise_fwhm_mm, std::uint64_t seed) {
  SyntheticScan scan{image::PetVolume(grid, background), image::LabelMap(grid)};
  for (std::size_t at = 0; at < scan.suv.voxels().size(); ++at) {
    const space::PointLps point = grid.to_lps(grid.index(at));
    for (const Ball& ball : balls) {
      if (space::distance(point, ball.centre) > ball.radius_mm) continue;
      scan.suv[at] = ball.suv;
      if (ball.label != record::Organ::none) scan.organs[at] = record::id_of(ball.label);
    }
  }
  blur(scan.suv, psf_mm);
  if (cov <= 0) return scan;
  image::PetVolume noise(grid);
  base::Random random(seed);
  for (float& value : noise.voxels()) value = static_cast<float>(random.normal());
  blur(noise, noise_fwhm_mm);
  double squares = 0;
  for (const float value : noise.voxels()) squares += double(value) * value;
  const double scale = cov / std::sqrt(squares / static_cast<double>(noise.voxels().size()));
  for (std::size_t at = 0; at < noise.voxels().size(); ++at)
    scan.suv[at] *= static_cast<float>(1 + scale * noise[at]);
  return scan;
}

}  // namespace netpet::lesions
