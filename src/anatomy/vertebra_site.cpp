#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "anatomy/reference_sites.h"
#include "base/robust.h"
#include "image/sphere.h"

namespace netpet::anatomy {
namespace {

// The height over which the middle of the vertebral bodies is taken: less than a body, more than a disc.
constexpr double slab_mm = 16;
// A slab with less than this deep inside the spine has no body: arches and processes are thinner.
constexpr double least_slab_ml = 0.5;

// Bodies of neighbours are never closer than this, so that no disc between two is taken for one.
constexpr double least_share_of_pitch = 0.6;

// By how much a place lies in a body, not in a disc, is told by a block about the ball: chosen by its own
// mean the highest ball would be that of the highest noise.
constexpr double block_radius_mm = 12;

struct Ball {
  double z_mm = 0;
  double mean = 0;
  double mean_about = 0;  ///< of the block
  image::Region voxels;   ///< of the whole grid
};

/// The middle of the vertebral bodies at a height; nothing where the spine is thin or not labelled.
std::optional<space::PointLps> body_at(const OrganBlock& spine, const std::vector<std::size_t>& deep,
                                       double z_mm) {
  space::Vec3 sum;
  std::size_t count = 0;
  for (const std::size_t voxel : deep) {
    const space::PointLps at = spine.grid.to_lps(spine.grid.index(voxel));
    if (std::abs(at.z - z_mm) > slab_mm / 2) continue;
    sum = sum + space::Vec3{at.x, at.y, at.z};
    ++count;
  }
  const double n = static_cast<double>(count);
  if (n * spine.grid.voxel_volume_ml() < least_slab_ml) return std::nullopt;
  return space::PointLps{sum.x / n, sum.y / n, z_mm};
}

/// The mean of an upright cylinder of `block_radius_mm` as high as a slab.
double block_mean(const image::PetVolume& suv, space::IndexIjk centre) {
  const space::Geometry& grid = suv.geometry();
  const space::PointLps middle = grid.to_lps(centre);
  double sum = 0, count = 0;
  for (const std::size_t voxel :
       image::voxels_of(image::sphere_on(grid, std::hypot(block_radius_mm, slab_mm / 2)), grid, centre)) {
    const space::Vec3 off = grid.to_lps(grid.index(voxel)) - middle;
    if (std::hypot(off.x, off.y) > block_radius_mm || std::abs(off.z) > slab_mm / 2) continue;
    sum += suv[voxel], ++count;
  }
  return sum / count;
}

/// The ball around a body's middle, where it is clear of candidates.
std::optional<Ball> ball_at(const image::PetVolume& suv, const OrganBlock& spine, space::PointLps middle,
                            const VertebraRule& rule) {
  const space::IndexIjk in_block = spine.grid.nearest(middle);
  if (!spine.grid.contains(in_block) ||
      spine.candidate_mm(in_block) <= rule.ball_radius_mm + rule.candidate_margin_mm)
    return std::nullopt;
  const space::IndexIjk centre = suv.geometry().nearest(middle);
  Ball ball;
  ball.z_mm = middle.z;
  double sum = 0;
  for (const image::SphereRow& row : image::sphere_on(suv.geometry(), rule.ball_radius_mm).rows)
    for (int di = -row.half; di <= row.half; ++di) {
      const space::IndexIjk at{centre.i + di, centre.j + row.dj, centre.k + row.dk};
      if (!suv.geometry().contains(at)) return std::nullopt;
      ball.voxels.push_back(suv.geometry().offset(at));
      sum += suv(at);
    }
  ball.mean = sum / static_cast<double>(ball.voxels.size());
  ball.mean_about = block_mean(suv, centre);
  return ball;
}

/// The ball of each vertebra about which uptake is highest, for marrow lies between two discs that take up
/// less: balls from the highest down, each at least the greater part of a vertebra away from all before it.
std::vector<Ball> bodies(std::vector<Ball> balls, const VertebraRule& rule) {
  std::stable_sort(balls.begin(), balls.end(),
                   [](const Ball& a, const Ball& b) { return a.mean_about > b.mean_about; });
  std::vector<Ball> highest;
  for (Ball& ball : balls)
    if (std::none_of(highest.begin(), highest.end(), [&](const Ball& other) {
          return std::abs(other.z_mm - ball.z_mm) < least_share_of_pitch * rule.pitch_mm;
        }))
      highest.push_back(std::move(ball));
  return highest;
}

}  // namespace

ReferenceSite vertebra_site(const image::PetVolume& suv, const OrganBlock& spine,
                            std::optional<double> liver_top_z_mm, const VertebraRule& rule) {
  std::vector<std::size_t> deep;
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (std::size_t voxel = 0; voxel < spine.organ.voxels().size(); ++voxel) {
    if (!spine.organ[voxel] || spine.depth_mm[voxel] <= rule.body_depth_mm) continue;
    const double z = spine.grid.to_lps(spine.grid.index(voxel)).z;
    if (liver_top_z_mm && z > *liver_top_z_mm - rule.below_dome_mm) continue;
    deep.push_back(voxel);
    low = std::min(low, z), high = std::max(high, z);
  }
  std::vector<Ball> balls;
  const double step = suv.geometry().spacing.z, length = std::min(high - low, rule.length_mm);
  for (int n = 0; n * step <= length; ++n)
    if (const auto middle = body_at(spine, deep, high - n * step))
      if (auto ball = ball_at(suv, spine, *middle, rule)) balls.push_back(std::move(*ball));

  std::vector<Ball> found = bodies(std::move(balls), rule);
  if (found.size() < rule.least_bodies)
    return {{}, "", fmt::format("only {} clean vertebral bodies", found.size())};
  std::vector<double> means;
  means.reserve(found.size());
  for (const Ball& ball : found) means.push_back(ball.mean);
  const double middle = base::median_of(means);
  image::Region region;
  std::size_t used = 0;
  for (const Ball& ball : found) {
    if (std::abs(ball.mean - middle) > rule.like_median * middle) continue;
    region.insert(region.end(), ball.voxels.begin(), ball.voxels.end());
    ++used;
  }
  std::sort(region.begin(), region.end());
  region.erase(std::unique(region.begin(), region.end()), region.end());
  if (used < rule.least_bodies) return {{}, "", "the vertebral bodies differ too much"};
  return {std::move(region), fmt::format("{} vertebral bodies, {:g} mm balls", used, 2 * rule.ball_radius_mm),
          ""};
}

}  // namespace netpet::anatomy
