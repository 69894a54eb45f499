#include <cmath>
#include <numbers>

#include "image/diameter.h"
#include "measure/quantity.h"
#include "measure/sources.h"

namespace netpet::measure {

namespace {

using Value = base::Computed<double>;
using std::numbers::pi;

constexpr const char* kFamily = "morphology";
constexpr double kMm3PerMl = 1000;

Value ratio(double above, double below, const char* why_not) {
  if (!(below > 0)) return base::NotComputable{why_not};
  return above / below;
}

double half_axis(const Solid& s, std::size_t axis) {
  return s.axis_mm(axis) / 2;
}

/// (36 π V²)^(1/3) / A.
double sphericity(const Solid& s) {
  return std::cbrt(36 * pi * s.mesh_volume_mm3 * s.mesh_volume_mm3) / s.mesh_area_mm2;
}

constexpr const char* kFlat = "the voxel centres lie in one plane";
constexpr const char* kPoint = "the voxel centres do not spread";

Value ellipsoid_volume_density(const Solid& s) {
  return ratio(s.mesh_volume_mm3, 4 * pi / 3 * half_axis(s, 0) * half_axis(s, 1) * half_axis(s, 2), kFlat);
}

Value ellipsoid_area_density(const Solid& s) {
  if (!(s.variances_mm2[2] > 0)) return base::NotComputable{kFlat};
  return s.mesh_area_mm2 / ellipsoid_area(half_axis(s, 0), half_axis(s, 1), half_axis(s, 2));
}

struct SolidRow {
  const char *id, *name, *tag, *unit, *definition;
  Value (*of)(const Solid&);
};

const SolidRow kSolidRows[] = {
    {"RNU0", "volume", "morph_volume", "mL",
     "Inside the marching-cubes mesh half-way between voxels of the region and outside it.",
     [](const Solid& s) -> Value { return s.mesh_volume_mm3 / kMm3PerMl; }},
    {"C0JK", "surface_area", "morph_area_mesh", "mm2", "Of the same mesh.",
     [](const Solid& s) -> Value { return s.mesh_area_mm2; }},
    {"2PR5", "surface_to_volume_ratio", "morph_av", "mm-1", "A / V of the mesh.",
     [](const Solid& s) -> Value { return s.mesh_area_mm2 / s.mesh_volume_mm3; }},
    {"SKGS", "compactness_1", "morph_comp_1", "1", "V / (√π A^1.5).",
     [](const Solid& s) -> Value {
       return s.mesh_volume_mm3 / (std::sqrt(pi) * std::pow(s.mesh_area_mm2, 1.5));
     }},
    {"BQWJ", "compactness_2", "morph_comp_2", "1", "36 π V² / A³.",
     [](const Solid& s) -> Value { return std::pow(sphericity(s), 3); }},
    {"KRCK", "spherical_disproportion", "morph_sph_dispr", "1", "A / (36 π V²)^(1/3).",
     [](const Solid& s) -> Value { return 1 / sphericity(s); }},
    {"QCFX", "sphericity", "morph_sphericity", "1", "(36 π V²)^(1/3) / A.",
     [](const Solid& s) -> Value { return sphericity(s); }},
    {"25C7", "asphericity", "morph_asphericity", "1", "(A³ / (36 π V²))^(1/3) − 1.",
     [](const Solid& s) -> Value { return 1 / sphericity(s) - 1; }},
    {"TDIC", "major_axis_length", "morph_pca_maj_axis", "mm",
     "4 √λ of the largest eigenvalue of the covariance of the voxel centres.",
     [](const Solid& s) -> Value { return s.axis_mm(0); }},
    {"P9VJ", "minor_axis_length", "morph_pca_min_axis", "mm", "4 √λ of the second eigenvalue.",
     [](const Solid& s) -> Value { return s.axis_mm(1); }},
    {"7J51", "least_axis_length", "morph_pca_least_axis", "mm", "4 √λ of the smallest eigenvalue.",
     [](const Solid& s) -> Value { return s.axis_mm(2); }},
    {"Q3CK", "elongation", "morph_pca_elongation", "1", "Minor over major axis length.",
     [](const Solid& s) { return ratio(s.axis_mm(1), s.axis_mm(0), kPoint); }},
    {"N17B", "flatness", "morph_pca_flatness", "1", "Least over major axis length.",
     [](const Solid& s) { return ratio(s.axis_mm(2), s.axis_mm(0), kPoint); }},
    {"PBX1", "volume_density_axis_aligned_bounding_box", "morph_vol_dens_aabb", "1",
     "Volume over that of the box around the mesh along the axes of the image.",
     [](const Solid& s) -> Value { return s.mesh_volume_mm3 / s.box_volume_mm3(); }},
    {"R59B", "area_density_axis_aligned_bounding_box", "morph_area_dens_aabb", "1",
     "Surface area over that of the same box.",
     [](const Solid& s) -> Value { return s.mesh_area_mm2 / s.box_area_mm2(); }},
    {"6BDE", "volume_density_approximate_enclosing_ellipsoid", "morph_vol_dens_aee", "1",
     "Volume over that of the ellipsoid with the three axis lengths.", ellipsoid_volume_density},
    {"RDD2", "area_density_approximate_enclosing_ellipsoid", "morph_area_dens_aee", "1",
     "Surface area over that of the same ellipsoid (series of 20 Legendre polynomials).",
     ellipsoid_area_density},
    {"R3ER", "volume_density_convex_hull", "morph_vol_dens_conv_hull", "1",
     "Volume over that of the convex hull of the mesh.",
     [](const Solid& s) -> Value { return s.mesh_volume_mm3 / s.hull_volume_mm3; }},
    {"7T7F", "area_density_convex_hull", "morph_area_dens_conv_hull", "1",
     "Surface area over that of the convex hull of the mesh.",
     [](const Solid& s) -> Value { return s.mesh_area_mm2 / s.hull_area_mm2; }}};

/// Distance between the centre of the shape and the centre of its intensities.
Value centre_of_mass_shift(const Measured& m) {
  const space::Geometry& grid = m.image().geometry();
  space::Vec3 weighted;
  double weight = 0;
  for (const std::size_t voxel : m.region()) {
    const space::IndexIjk at = grid.index(voxel);
    const double x = double(m.image()[voxel]);
    weighted =
        weighted + space::Vec3{at.i * grid.spacing.x, at.j * grid.spacing.y, at.k * grid.spacing.z} * x;
    weight += x;
  }
  if (weight == 0) return base::NotComputable{"the intensities add up to 0"};
  return space::norm(weighted * (1 / weight) - m.solid().centroid);
}

struct Row {
  const char *id, *name, *tag, *unit, *definition, *needs;
  Value (*of)(const Measured&);
};

const Row kRows[] = {
    {"KLMA", "centre_of_mass_shift", "morph_com", "mm",
     "Distance between the mean of the voxel centres and their mean weighted by intensity.",
     "intensities that do not add up to 0", centre_of_mass_shift},
    {"99N0", "integrated_intensity", "morph_integ_int", "{intensity}.mL", "Mean intensity × mesh volume.",
     kOneVoxel,
     [](const Measured& m) -> Value {
       return m.intensities().mean() * m.solid().mesh_volume_mm3 / kMm3PerMl;
     }},
    {"N365", "morans_i_index", "morph_moran_i", "1",
     "n / Σ w · Σ w (x − mean)(y − mean) / Σ (x − mean)² over all pairs of voxels, w the inverse of their "
     "distance.",
     "two different values", [](const Measured& m) { return m.autocorrelation().moran_i; }},
    {"NPT7", "gearys_c_measure", "morph_geary_c", "1",
     "(n − 1) / (2 Σ w) · Σ w (x − y)² / Σ (x − mean)² over all pairs of voxels, w the inverse of their "
     "distance.",
     "two different values", [](const Measured& m) { return m.autocorrelation().geary_c; }}};

}  // namespace

Quantity volume() {
  return {"YEKZ",
          "volume_voxel_counting",
          kFamily,
          "mL",
          "Number of the region's voxels times the volume of one.",
          "a region; an empty one has no volume",
          kIbsi,
          [](const Measured& m) -> Value {
            if (m.region().empty()) return base::NotComputable{kEmptyRegion};
            return static_cast<double>(m.shape().size()) * m.image().geometry().voxel_volume_ml();
          },
          "morph_vol_approx"};
}

Quantity longest_diameter() {
  return {"L0JK",
          "maximum_3d_diameter",
          kFamily,
          "mm",
          "Largest distance between two points of the region's surface, which crosses half-way between a "
          "voxel of the region and its neighbour outside.",
          kOneVoxel,
          kIbsi,
          [](const Measured& m) -> Value {
            if (m.region().empty()) return base::NotComputable{kEmptyRegion};
            return m.solid().diameter_mm;
          },
          "morph_diam"};
}

Quantity longest_axial_diameter() {
  return {
      "longest_axial_diameter",
      "longest_axial_diameter",
      kFamily,
      "mm",
      "The same distance within one slice of the image, the longest over all slices.",
      "at least one voxel; slices as the image has them",
      "RECIST 1.1: Eisenhauer et al., Eur J Cancer 2009;45:228",
      [](const Measured& m) { return image::longest_axial_diameter_mm(m.image().geometry(), m.shape()); }};
}

Quantity asphericity() {
  for (Quantity& one : morphology())
    if (one.id == "25C7") return one;
  base::check(false, "asphericity is no quantity");
  return {};
}

std::vector<Quantity> morphology() {
  std::vector<Quantity> all{volume(), longest_diameter(), longest_axial_diameter()};
  for (const SolidRow& row : kSolidRows)
    all.push_back({row.id, row.name, kFamily, row.unit, row.definition, kOneVoxel, kIbsi,
                   [of = row.of](const Measured& m) -> Value {
                     if (m.region().empty()) return base::NotComputable{kEmptyRegion};
                     return of(m.solid());
                   },
                   row.tag});
  for (const Row& row : kRows)
    all.push_back({row.id, row.name, kFamily, row.unit, row.definition, row.needs, kIbsi,
                   [of = row.of](const Measured& m) -> Value {
                     if (m.region().empty()) return base::NotComputable{kEmptyRegion};
                     return of(m);
                   },
                   row.tag});
  return all;
}

}  // namespace netpet::measure
