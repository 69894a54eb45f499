#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "anatomy/landmark_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {
namespace {

// Fat under the skin.
constexpr float fat_hu = -35;
// The muscles of the abdominal wall, and the gaps between them that a contour bridges.
constexpr double wall_mm = 9, bridge_mm = 12, skin_mm = 5;
// The middle of the trunk lies this far in front of the vertebra; the spine itself is nearer than any rib.
constexpr double middle_before_mm = 40, nearest_rib_mm = 60;
// A ring of ribs: directions, and how far above and below a slice its ribs count, so that one is met in each
// direction.
constexpr int directions = 72;
constexpr double ring_mm = 16;

struct Polar {
  int direction;
  double radius;
};

Polar polar_at(const Scene& scene, const SpinePoint& spine, int i, int j) {
  const double x = scene.x_mm(i) - spine.x, y = scene.y_mm(j) - (spine.y - middle_before_mm);
  const double turn = (std::atan2(y, x) + std::numbers::pi) / (2 * std::numbers::pi);
  return {std::min(directions - 1, static_cast<int>(turn * directions)), std::hypot(x, y)};
}

/// The least of each direction's neighbours and of the slices within `ring_mm`.
std::vector<double> least_around(const std::vector<double>& nearest, int slices, int reach) {
  std::vector<double> ring(nearest.size(), HUGE_VAL);
  for (int k = 0; k < slices; ++k)
    for (int a = 0; a < directions; ++a)
      for (int kk = std::max(0, k - reach); kk <= std::min(slices - 1, k + reach); ++kk)
        for (int turn = -1; turn <= 1; ++turn) {
          const int aa = (a + turn + directions) % directions;
          double& here = ring[static_cast<std::size_t>(k * directions + a)];
          here = std::min(here, nearest[static_cast<std::size_t>(kk * directions + aa)]);
        }
  return ring;
}

}  // namespace

image::Mask within_the_wall(const Scene& scene, const Landmarks& marks, const base::Run& run) {
  image::Mask trunk = image::erode(marks.body, skin_mm, run);
  for (std::size_t v = 0; v < trunk.voxels().size(); ++v)
    trunk[v] = trunk[v] && ((*scene.ct_hu)[v] > fat_hu || marks.lung_left[v] || marks.lung_right[v]);
  // The wall of a thin muscle bears no erosion: arms and strands in the fat are parted from it as they are.
  trunk = image::largest_component(trunk, image::Neighbourhood::faces6);
  trunk = image::dilate(trunk, bridge_mm, run);
  fill_slices(trunk);
  return image::erode(trunk, bridge_mm + wall_mm, run);
}

image::Mask inside_of_ribs(const Scene& scene, const Landmarks& marks, double beyond_mm) {
  const int nx = scene.grid.size[0], ny = scene.grid.size[1], nz = scene.grid.size[2];
  // Stones and calcified vessels are smaller than a piece of rib.
  constexpr double least_piece_ml = 1.5;
  const image::Components pieces = image::connected_components(marks.bones, image::Neighbourhood::all26);
  const auto is_rib = [&](std::size_t v) {
    return pieces.labels[v] &&
           static_cast<double>(pieces.sizes[pieces.labels[v] - 1]) * scene.grid.voxel_volume_ml() >
               least_piece_ml;
  };
  std::vector<double> nearest(static_cast<std::size_t>(nz * directions), HUGE_VAL);
  std::size_t v = 0;
  for (int k = 0; k < nz; ++k)
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i, ++v) {
        if (!is_rib(v)) continue;
        const Polar at = polar_at(scene, marks.spine[static_cast<std::size_t>(k)], i, j);
        double& here = nearest[static_cast<std::size_t>(k * directions + at.direction)];
        if (at.radius > nearest_rib_mm) here = std::min(here, at.radius);
      }
  const std::vector<double> ring =
      least_around(nearest, nz, static_cast<int>(std::lround(ring_mm / scene.grid.spacing.z)));
  image::Mask inside(scene.grid);
  v = 0;
  for (int k = 0; k < nz; ++k)
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i, ++v) {
        const Polar at = polar_at(scene, marks.spine[static_cast<std::size_t>(k)], i, j);
        inside[v] = at.radius < ring[static_cast<std::size_t>(k * directions + at.direction)] + beyond_mm;
      }
  return inside;
}

std::optional<double> crest_z_mm(const Scene& scene, const Landmarks& marks, double highest_mm) {
  // Beside the sacrum and the lowest vertebrae, within reach of no arm; both wings must show.
  constexpr double least_aside_mm = 35, most_aside_mm = 155, least_section_mm2 = 300;
  // A pelvis is taller than what two ribs show, and its sections are larger.
  constexpr double least_height_mm = 40, mean_section_mm2 = 500, gap_mm = 7;
  const int nz = scene.grid.size[2];
  int lowest_lung = nz;
  const double middle = marks.midline_x_mm();
  std::vector<double> section(static_cast<std::size_t>(nz), 0);
  for (int k = nz - 1; k >= 0; --k) {
    double right = 0, left = 0;
    for (int j = 0; j < scene.grid.size[1]; ++j)
      for (int i = 0; i < scene.grid.size[0]; ++i) {
        const std::size_t v = scene.grid.offset({i, j, k});
        if (marks.lung_left[v] || marks.lung_right[v]) lowest_lung = k;
        const double aside = scene.x_mm(i) - middle;
        if (!marks.bones[v] || std::abs(aside) < least_aside_mm || std::abs(aside) > most_aside_mm) continue;
        (aside < 0 ? right : left) += scene.grid.spacing.x * scene.grid.spacing.y;
      }
    section[static_cast<std::size_t>(k)] = std::min(right, left);
  }
  const int gap = static_cast<int>(gap_mm / scene.grid.spacing.z);
  const int highest =
      std::isfinite(highest_mm) ? std::min(lowest_lung - 1, scene.k_at(highest_mm)) : lowest_lung - 1;
  for (int top = highest; top >= 0; --top) {
    if (section[static_cast<std::size_t>(top)] < least_section_mm2) continue;
    double sum = 0;
    int k = top, missing = 0, slices = 0;
    for (; k >= 0 && missing <= gap && slices * scene.grid.spacing.z < 2 * least_height_mm; --k) {
      const double here = section[static_cast<std::size_t>(k)];
      missing = here < least_section_mm2 ? missing + 1 : 0;
      sum += here, ++slices;
    }
    if (slices * scene.grid.spacing.z >= least_height_mm && sum > mean_section_mm2 * slices)
      return scene.z_mm(top);
    top = k + 1;
  }
  return std::nullopt;
}

}  // namespace netpet::anatomy
