#include "anatomy/scene.h"

#include <algorithm>
#include <cmath>

#include "anatomy/clear_ct.h"
#include "base/robust.h"
#include "image/components.h"
#include "image/distance.h"
#include "image/resample.h"

namespace netpet::anatomy {
namespace {

// Fine enough for the shape of a kidney, coarse enough to search the whole body in seconds.
constexpr double scene_spacing_mm = 4;
// Without uptake the organs must be told apart by the fat between them.
constexpr double ct_spacing_mm = 3;
constexpr float air_hu = -1000;

struct Extent {
  space::Vec3 low{HUGE_VAL, HUGE_VAL, HUGE_VAL}, high{-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
};

Extent extent_of(const space::Geometry& grid) {
  Extent extent;
  for (int corner = 0; corner < 8; ++corner) {
    const space::ContinuousIjk c{corner & 1 ? grid.size[0] - 0.5 : -0.5,
                                 corner & 2 ? grid.size[1] - 0.5 : -0.5,
                                 corner & 4 ? grid.size[2] - 0.5 : -0.5};
    const space::PointLps p = grid.to_lps(c);
    const space::Vec3 v{p.x, p.y, p.z};
    for (int axis = 0; axis < 3; ++axis) {
      extent.low[axis] = std::min(extent.low[axis], v[axis]);
      extent.high[axis] = std::max(extent.high[axis], v[axis]);
    }
  }
  return extent;
}

/// What a CT shows other than air, by every fourth voxel of each slice; empty where it shows air alone.
Extent tissue_extent(const image::CtVolume& ct) {
  constexpr std::int16_t tissue_hu = -300;
  constexpr int stride = 4;
  image::Box box{ct.geometry().size, {-1, -1, -1}};
  for (int k = 0; k < ct.geometry().size[2]; ++k)
    for (int j = 0; j < ct.geometry().size[1]; j += stride)
      for (int i = 0; i < ct.geometry().size[0]; i += stride)
        if (ct({i, j, k}) > tissue_hu) {
          box.first = {std::min(box.first[0], i), std::min(box.first[1], j), std::min(box.first[2], k)};
          box.last = {std::max(box.last[0], i), std::max(box.last[1], j), std::max(box.last[2], k)};
        }
  if (box.empty()) return {};
  space::Geometry part = ct.geometry();
  part.origin = part.to_lps(space::IndexIjk{box.first[0], box.first[1], box.first[2]});
  for (std::size_t axis = 0; axis < 3; ++axis) part.size[axis] = box.last[axis] - box.first[axis] + 1;
  return extent_of(part);
}

/// Leaves out columns and rows that lie farther from the patient than any search looks past the skin; every
/// other voxel stays where it is.
void leave_out_air(space::Geometry& grid, const Extent& tissue) {
  constexpr double margin_mm = 32;
  for (const int axis : {0, 1}) {
    const auto n = static_cast<std::size_t>(axis);
    const double begin = axis == 0 ? grid.origin.x : grid.origin.y;
    const auto index_of = [&](double place) {
      return std::clamp(std::floor((place - begin) / grid.spacing[axis]), 0.0, grid.size[n] - 1.0);
    };
    if (tissue.low[axis] > tissue.high[axis]) return;
    const int first = static_cast<int>(index_of(tissue.low[axis] - margin_mm)),
              last = static_cast<int>(index_of(tissue.high[axis] + margin_mm));
    (axis == 0 ? grid.origin.x : grid.origin.y) = begin + first * grid.spacing[axis];
    grid.size[n] = last - first + 1;
  }
}

space::Geometry scene_grid(const image::CtVolume* ct, const image::PetVolume* suv) {
  Extent extent = extent_of(suv ? suv->geometry() : ct->geometry());
  if (ct && suv) {
    const Extent other = extent_of(ct->geometry());
    for (int axis = 0; axis < 3; ++axis) {
      extent.low[axis] = std::max(extent.low[axis], other.low[axis]);
      extent.high[axis] = std::min(extent.high[axis], other.high[axis]);
    }
  }
  space::Geometry grid;
  grid.frame_of_reference_uid =
      suv ? suv->geometry().frame_of_reference_uid : ct->geometry().frame_of_reference_uid;
  const double spacing = suv ? scene_spacing_mm : ct_spacing_mm;
  grid.spacing = {spacing, spacing, spacing};
  space::Vec3 origin;
  for (int axis = 0; axis < 3; ++axis) {
    const double length = std::max(0.0, extent.high[axis] - extent.low[axis]);
    grid.size[static_cast<std::size_t>(axis)] = std::max(1, static_cast<int>(length / spacing));
    origin[axis] = extent.low[axis] + spacing / 2;
  }
  grid.origin = {origin.x, origin.y, origin.z};
  if (ct) leave_out_air(grid, tissue_extent(*ct));
  return grid;
}

/// The mean over 3 × 3 × 3 voxels, one axis after the other; borders repeat.
void smooth(image::PetVolume& volume) {
  const auto& size = volume.geometry().size;
  const std::size_t strides[3] = {1, static_cast<std::size_t>(size[0]),
                                  static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1])};
  std::vector<float> line;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto n = static_cast<std::size_t>(size[axis]);
    line.resize(n);
    for (std::size_t start = 0; start < volume.voxels().size(); ++start) {
      if (start / strides[axis] % n != 0) continue;
      for (std::size_t t = 0; t < n; ++t) line[t] = volume[start + t * strides[axis]];
      for (std::size_t t = 0; t < n; ++t)
        volume[start + t * strides[axis]] =
            (line[t > 0 ? t - 1 : 0] + line[t] + line[std::min(t + 1, n - 1)]) / 3;
    }
  }
}

}  // namespace

int Scene::k_at(double z) const {
  return std::clamp(static_cast<int>(std::lround((z - grid.origin.z) / grid.spacing.z)), 0, grid.size[2] - 1);
}

Scene make_scene(const image::CtVolume* ct, const image::PetVolume* suv, record::Role role,
                 const base::Run& run) {
  Scene scene;
  scene.role = role;
  scene.grid = scene_grid(ct, suv);
  scene.has_pet = suv != nullptr;
  scene.suv = suv ? image::resample_linear(*suv, scene.grid, space::Affine{}, 0.F, run)
                  : image::PetVolume(scene.grid);
  for (float& value : scene.suv.voxels())
    if (!std::isfinite(value)) value = 0;
  smooth(scene.suv);
  if (ct) {
    const image::CtVolume coarse =
        image::resample_linear(*ct, scene.grid, space::Affine{}, static_cast<std::int16_t>(air_hu), run);
    image::PetVolume hu(scene.grid);
    // Padding outside the scanner's circle is written as -2000 or lower.
    for (std::size_t v = 0; v < hu.voxels().size(); ++v) hu[v] = std::max(air_hu, float(coarse[v]));
    smooth(hu);
    scene.ct_hu = std::move(hu);
    scene.ct_mean = mean_ct(*ct, scene.grid, run);
    scene.ct_clear = clear_ct(*scene.ct_mean, run);
  }
  return scene;
}

void fill_slices(image::Mask& mask) {
  const int nx = mask.geometry().size[0], ny = mask.geometry().size[1], nz = mask.geometry().size[2];
  std::vector<std::uint8_t> outside;
  std::vector<int> stack;
  for (int k = 0; k < nz; ++k) {
    outside.assign(static_cast<std::size_t>(nx * ny), 0);
    std::uint8_t* slice = mask.voxels().data() + mask.geometry().offset({0, 0, k});
    const auto visit = [&](int i, int j) {
      const int at = j * nx + i;
      if (i < 0 || j < 0 || i >= nx || j >= ny || slice[at] || outside[static_cast<std::size_t>(at)]) return;
      outside[static_cast<std::size_t>(at)] = 1;
      stack.push_back(at);
    };
    for (int i = 0; i < nx; ++i) visit(i, 0), visit(i, ny - 1);
    for (int j = 0; j < ny; ++j) visit(0, j), visit(nx - 1, j);
    while (!stack.empty()) {
      const int i = stack.back() % nx, j = stack.back() / nx;
      stack.pop_back();
      visit(i - 1, j), visit(i + 1, j), visit(i, j - 1), visit(i, j + 1);
    }
    for (int at = 0; at < nx * ny; ++at) slice[at] = !outside[static_cast<std::size_t>(at)];
  }
}

image::Mask opened_from(const image::Mask& mask, const image::Mask& seeds, double radius_mm,
                        const base::Run& run) {
  const image::Components parts =
      image::connected_components(image::erode(mask, radius_mm, run), image::Neighbourhood::faces6);
  std::vector<bool> wanted(parts.sizes.size() + 1, false);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    if (seeds[v] && parts.labels[v]) wanted[parts.labels[v]] = true;
  image::Mask core(mask.geometry());
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) core[v] = parts.labels[v] && wanted[parts.labels[v]];
  image::Mask grown = image::dilate(core, radius_mm + mask.geometry().spacing.x, run);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v) grown[v] = grown[v] && mask[v];
  return grown;
}

double volume_ml(const image::Mask& mask) {
  const auto count =
      std::count_if(mask.voxels().begin(), mask.voxels().end(), [](std::uint8_t v) { return v != 0; });
  return static_cast<double>(count) * mask.geometry().voxel_volume_ml();
}

double quantile(const image::PetVolume& volume, const image::Mask& mask, double share) {
  std::vector<float> values;
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    if (mask[v]) values.push_back(volume[v]);
  return values.empty() ? 0 : base::quantile_of(values, share);
}

std::optional<double> mode_of(const image::PetVolume& hu, const image::Mask& mask, double least,
                              double most) {
  // A window of organ and noise, slid over bins of 2 HU.
  constexpr double bin_hu = 2;
  constexpr std::size_t window = 4;
  std::vector<std::size_t> bins(static_cast<std::size_t>((most - least) / bin_hu) + window);
  for (std::size_t v = 0; v < mask.voxels().size(); ++v)
    if (mask[v] && hu[v] >= least && hu[v] < most) ++bins[static_cast<std::size_t>((hu[v] - least) / bin_hu)];
  std::size_t best = 0, fullest = 0;
  for (std::size_t first = 0; first + window <= bins.size(); ++first) {
    std::size_t sum = 0;
    for (std::size_t b = first; b < first + window; ++b) sum += bins[b];
    if (sum > fullest) fullest = sum, best = first;
  }
  if (fullest == 0) return std::nullopt;
  return least + (static_cast<double>(best) + window / 2.0) * bin_hu;
}

}  // namespace netpet::anatomy
