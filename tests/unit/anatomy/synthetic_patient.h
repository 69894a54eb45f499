#pragma once

#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "base/random.h"
#include "image/volume.h"
#include "record/organ.h"

namespace netpet::anatomy::testing {

using record::id_of;
using record::Organ;

/// Uptake of the organs of a simple patient, SUV.
struct OrganUptake {
  double liver = 6, spleen = 20, aorta = 1.5, background = 0.8;
};

/// A patient of ellipsoids in LPS around the origin: x to the left, y to the back, z to the head. The liver
/// lies right, the spleen left, the aorta is a cane: up in front, an arch, down at the back left of the
/// midline.
struct SyntheticPatient {
  image::PetVolume suv;
  image::LabelMap organs;
};

inline bool in_ellipsoid(space::PointLps p, space::PointLps centre, space::Vec3 radii) {
  const double x = (p.x - centre.x) / radii.x, y = (p.y - centre.y) / radii.y, z = (p.z - centre.z) / radii.z;
  return x * x + y * y + z * z <= 1;
}

constexpr space::PointLps liver_centre{-60, -10, -60};
constexpr space::Vec3 liver_radii{85, 70, 75};
constexpr space::PointLps spleen_centre{105, 45, -60};
constexpr double descending_x = 20, descending_y = 40, arch_z = 160, arch_half_mm = 35;

/// The axis of the aorta: descending at (20, 40), ascending 70 mm in front of it, joined by half a circle
/// above z = 160.
inline double distance_to_aorta_axis(space::PointLps p) {
  const double middle_y = descending_y - arch_half_mm;
  if (p.z > arch_z) {
    const double ring = std::hypot(p.y - middle_y, p.z - arch_z) - arch_half_mm;
    return std::hypot(ring, p.x - descending_x);
  }
  const double descending = std::hypot(p.x - descending_x, p.y - descending_y);
  const double ascending = p.z > 60 ? std::hypot(p.x - descending_x, p.y - (middle_y - arch_half_mm)) : 1e9;
  return std::min(descending, ascending);
}

inline std::uint16_t organ_at(space::PointLps p, double aorta_radius_mm) {
  if (in_ellipsoid(p, liver_centre, liver_radii)) return id_of(Organ::liver);
  if (in_ellipsoid(p, spleen_centre, {28, 40, 50})) return id_of(Organ::spleen);
  if (p.z > -160 && distance_to_aorta_axis(p) <= aorta_radius_mm) return id_of(Organ::aorta);
  return 0;
}

/// A grid of even spacing whose voxel nearest the right, the front and the feet lies at `low`; `flip`
/// reverses axes (bit 0 = i, 1 = j, 2 = k) without moving voxel centres.
inline space::Geometry flipped_grid(space::PointLps low, double spacing_mm, std::array<int, 3> size,
                                    int flip) {
  space::Geometry grid;
  grid.spacing = {spacing_mm, spacing_mm, spacing_mm};
  grid.size = size;
  space::Vec3 to_far_end;
  for (int axis = 0; axis < 3; ++axis) {
    if (!(flip >> axis & 1)) continue;
    grid.direction(axis, axis) = -1;
    to_far_end[axis] = (size[static_cast<std::size_t>(axis)] - 1) * spacing_mm;
  }
  grid.origin = low + to_far_end;
  return grid;
}

/// A grid over the patient, flipped so.
inline space::Geometry patient_grid(double spacing_mm, int flip = 0) {
  const auto count = [&](double extent) { return static_cast<int>(extent / spacing_mm); };
  return flipped_grid({-170, -110, -180}, spacing_mm, {count(340), count(220), count(400)}, flip);
}

/// `noise` is the SD as a share of the uptake, drawn by place so that a flipped grid holds the same patient.
inline SyntheticPatient make_patient(const space::Geometry& grid, OrganUptake uptake = {}, double noise = 0,
                                     double aorta_radius_mm = 12) {
  SyntheticPatient patient{image::PetVolume(grid), image::LabelMap(grid)};
  for (std::size_t v = 0; v < grid.voxels(); ++v) {
    const space::PointLps p = grid.to_lps(grid.index(v));
    const std::uint16_t organ = organ_at(p, aorta_radius_mm);
    double value = uptake.background;
    if (organ == id_of(Organ::liver)) value = uptake.liver;
    if (organ == id_of(Organ::spleen)) value = uptake.spleen;
    if (organ == id_of(Organ::aorta)) value = uptake.aorta;
    if (noise > 0) {
      const auto key = static_cast<std::uint64_t>(std::llround(p.x + 500) * 4000000 +
                                                  std::llround(p.y + 500) * 2000 + std::llround(p.z + 500));
      value *= 1 + noise * base::Random(key).normal();
    }
    patient.organs[v] = organ;
    patient.suv[v] = static_cast<float>(value);
  }
  return patient;
}

/// Makes a ball of `value` and returns its voxels.
inline image::Region add_ball(image::PetVolume& suv, space::PointLps centre, double radius_mm, float value) {
  image::Region region;
  for (std::size_t v = 0; v < suv.voxels().size(); ++v)
    if (space::distance(suv.geometry().to_lps(suv.geometry().index(v)), centre) <= radius_mm) {
      suv[v] = value;
      region.push_back(v);
    }
  return region;
}

}  // namespace netpet::anatomy::testing
