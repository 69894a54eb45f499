#include "phantom/image_pet.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/parallel_for.h"
#include "base/random.h"

namespace netpet::phantom {
namespace {

constexpr std::uint64_t kStream = 2'000'000;
constexpr int kFine = 2;  // samples a voxel along x and y; along z a slice is thin beside the point spread
constexpr double kFwhmToSigma = 0.42466090014400953;

/// Half a Gaussian kernel, centre first, sum of the whole = 1.
std::vector<float> kernel(double sigma_in_voxels) {
  const int reach = std::max(1, static_cast<int>(std::ceil(3.2 * sigma_in_voxels)));
  std::vector<float> half;
  double sum = 0;
  for (int n = 0; n <= reach; ++n) {
    const double w = std::exp(-0.5 * n * n / (sigma_in_voxels * sigma_in_voxels));
    half.push_back(static_cast<float>(w));
    sum += n == 0 ? w : 2 * w;
  }
  for (float& w : half) w /= static_cast<float>(sum);
  return half;
}

/// Convolves `lines` rows of `length` values that lie `stride` apart, rows side by side in memory (0 beyond
/// the ends).
void blur_rows(const float* in, float* out, int length, std::size_t width, const std::vector<float>& half) {
  const int reach = static_cast<int>(half.size()) - 1;
  for (int n = 0; n < length; ++n) {
    float* target = out + static_cast<std::size_t>(n) * width;
    const float* middle = in + static_cast<std::size_t>(n) * width;
    for (std::size_t i = 0; i < width; ++i) target[i] = half[0] * middle[i];
    for (int r = 1; r <= reach; ++r) {
      const float w = half[static_cast<std::size_t>(r)];
      for (const int m : {n - r, n + r}) {
        if (m < 0 || m >= length) continue;
        const float* source = in + static_cast<std::size_t>(m) * width;
        for (std::size_t i = 0; i < width; ++i) target[i] += w * source[i];
      }
    }
  }
}

/// Along x and y of one slice.
void blur_slice(std::vector<float>& slice, std::vector<float>& scratch, int nx, int ny,
                const std::vector<float>& half) {
  blur_rows(slice.data(), scratch.data(), ny, static_cast<std::size_t>(nx), half);
  const int reach = static_cast<int>(half.size()) - 1;
  for (int j = 0; j < ny; ++j) {
    const float* in = scratch.data() + static_cast<std::size_t>(j) * static_cast<std::size_t>(nx);
    float* out = slice.data() + static_cast<std::size_t>(j) * static_cast<std::size_t>(nx);
    for (int i = 0; i < nx; ++i) {
      float sum = half[0] * in[i];
      for (int r = 1; r <= reach; ++r)
        sum +=
            half[static_cast<std::size_t>(r)] * ((i >= r ? in[i - r] : 0.F) + (i + r < nx ? in[i + r] : 0.F));
      out[i] = sum;
    }
  }
}

/// Along z, in place, one plane of constant y at a time.
void blur_z(image::PetVolume& volume, const std::vector<float>& half, const base::Run& run) {
  const auto nx = static_cast<std::size_t>(volume.geometry().size[0]),
             ny = static_cast<std::size_t>(volume.geometry().size[1]);
  const int nz = volume.geometry().size[2];
  base::parallel_for(run, ny, 4, [&](std::size_t begin, std::size_t end) {
    std::vector<float> in(nx * static_cast<std::size_t>(nz)), out(in.size());
    for (std::size_t j = begin; j < end; ++j) {
      for (int k = 0; k < nz; ++k)
        std::copy_n(volume.voxels().data() + (static_cast<std::size_t>(k) * ny + j) * nx, nx,
                    in.data() + static_cast<std::size_t>(k) * nx);
      blur_rows(in.data(), out.data(), nz, nx, half);
      for (int k = 0; k < nz; ++k)
        std::copy_n(out.data() + static_cast<std::size_t>(k) * nx, nx,
                    volume.voxels().data() + (static_cast<std::size_t>(k) * ny + j) * nx);
    }
  });
}

double power_of(const std::vector<float>& half) {
  double sum = double(half[0]) * half[0];
  for (std::size_t n = 1; n < half.size(); ++n) sum += 2.0 * half[n] * half[n];
  return sum;
}

}  // namespace

image::PetVolume image_pet(const Scene& scene, const space::Geometry& grid, Session session,
                           double psf_fwhm_mm, const base::Run& run) {
  space::Geometry fine = grid;
  fine.spacing.x /= kFine;
  fine.spacing.y /= kFine;
  fine.size[0] *= kFine;
  fine.size[1] *= kFine;
  fine.origin = grid.origin + Vec3{-fine.spacing.x / 2, -fine.spacing.y / 2, 0};
  const double sigma = psf_fwhm_mm * kFwhmToSigma;
  const std::vector<float> in_plane = kernel(sigma / fine.spacing.x);
  image::PetVolume out(grid);
  const auto nx = static_cast<std::size_t>(grid.size[0]), ny = static_cast<std::size_t>(grid.size[1]);
  base::parallel_for(run, static_cast<std::size_t>(grid.size[2]), 1, [&](std::size_t begin, std::size_t end) {
    std::vector<float> slice(nx * ny * kFine * kFine), scratch(slice.size());
    for (std::size_t k = begin; k < end; ++k) {
      std::fill(slice.begin(), slice.end(), 0.F);
      scene.for_each_in_slice(fine, static_cast<int>(k), [&](std::size_t n, const Sample& s) {
        slice[n] = session == Session::sstr ? s.sstr : s.fdg;
      });
      blur_slice(slice, scratch, fine.size[0], fine.size[1], in_plane);
      for (std::size_t j = 0; j < ny; ++j)
        for (std::size_t i = 0; i < nx; ++i) {
          const float* corner = slice.data() + j * kFine * nx * kFine + i * kFine;
          out[(k * ny + j) * nx + i] =
              (corner[0] + corner[1] + corner[nx * kFine] + corner[nx * kFine + 1]) / 4;
        }
    }
  });
  blur_z(out, kernel(sigma / grid.spacing.z), run);
  return out;
}

image::PetVolume with_noise(const image::PetVolume& clean, const Protocol& protocol, double liver_suv,
                            std::uint64_t seed, std::uint64_t stream, const base::Run& run) {
  const space::Geometry& grid = clean.geometry();
  const double sigma = protocol.noise_fwhm * kFwhmToSigma;
  const std::vector<float> in_plane = kernel(sigma / grid.spacing.x), along = kernel(sigma / grid.spacing.z);
  image::PetVolume noise(grid);
  const std::size_t plane = static_cast<std::size_t>(grid.size[0]) * static_cast<std::size_t>(grid.size[1]);
  base::parallel_for(run, static_cast<std::size_t>(grid.size[2]), 1, [&](std::size_t begin, std::size_t end) {
    std::vector<float> slice(plane), scratch(plane);
    for (std::size_t k = begin; k < end; ++k) {
      base::Random random(seed, kStream + stream * 10'000 + k);
      for (float& value : slice) value = static_cast<float>(random.normal());
      blur_slice(slice, scratch, grid.size[0], grid.size[1], in_plane);
      std::copy(slice.begin(), slice.end(), noise.voxels().begin() + static_cast<std::ptrdiff_t>(k * plane));
    }
  });
  blur_z(noise, along, run);
  const double unit = 1 / (power_of(in_plane) * std::sqrt(power_of(along)));
  const double scale = protocol.liver_noise * std::pow(liver_suv, 0.25) * unit;
  constexpr double floor_suv = 0.02;  // scatter and randoms leave some noise in air
  base::parallel_for(run, noise.voxels().size(), 1 << 18, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const double a = clean[n];
      const double root = std::sqrt(a + floor_suv);
      noise[n] = static_cast<float>(std::max(0.0, a + scale * root * std::sqrt(root) * noise[n]));
    }
  });
  return noise;
}

}  // namespace netpet::phantom
