#include "lesions/pair.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/error.h"
#include "image/distance.h"
#include "image/mask.h"

namespace netpet::lesions {

namespace {

/// How near two outlines lie, and their hottest points.
struct Nearness {
  double gap_mm;
  double hottest_mm;
  std::size_t sstr, fdg;
};

/// The voxel centres of an outline in SSTR space.
std::vector<space::PointLps> points_of(const Outline& outline, const space::Geometry& grid,
                                       const space::Transform& to_sstr) {
  std::vector<space::PointLps> points;
  points.reserve(outline.region.size());
  for (const std::size_t voxel : outline.region) points.push_back(to_sstr(grid.to_lps(grid.index(voxel))));
  return points;
}

/// Distances from an outline on its own grid, read at points around it; as far as `reach_mm`.
class Surroundings {
 public:
  Surroundings(const Outline& outline, const space::Geometry& grid, double reach_mm) {
    const image::Box box = image::bounding_box(grid, outline.region).grown(grid, 0);
    block_ = grid;
    // The block may reach beyond the image: a lesion at its border still has surroundings.
    std::array<int, 3> margin{};
    for (int axis = 0; axis < 3; ++axis)
      margin[static_cast<std::size_t>(axis)] = static_cast<int>(std::ceil(reach_mm / grid.spacing[axis])) + 1;
    block_.origin = grid.to_lps(
        space::IndexIjk{box.first[0] - margin[0], box.first[1] - margin[1], box.first[2] - margin[2]});
    for (std::size_t a = 0; a < 3; ++a) block_.size[a] = box.last[a] - box.first[a] + 1 + 2 * margin[a];
    image::Mask mask(block_);
    for (const std::size_t voxel : outline.region) {
      const space::IndexIjk at = grid.index(voxel);
      mask({at.i - box.first[0] + margin[0], at.j - box.first[1] + margin[1],
            at.k - box.first[2] + margin[2]}) = 1;
    }
    distance_ = image::distance_mm(mask, base::Run());
    half_voxel_mm_ = 0.5 * std::max({grid.spacing.x, grid.spacing.y, grid.spacing.z});
  }

  /// The gap between the outline and the nearest of `points`; 0 where they touch.
  double gap_mm(const std::vector<space::PointLps>& points) const {
    double nearest = std::numeric_limits<double>::infinity();
    for (const space::PointLps& point : points) {
      const space::IndexIjk at = block_.nearest(point);
      if (block_.contains(at)) nearest = std::min(nearest, double(distance_(at)));
    }
    return std::max(nearest - half_voxel_mm_, 0.0);
  }

 private:
  space::Geometry block_;
  image::Volume<float> distance_;
  double half_voxel_mm_ = 0;
};

std::vector<Nearness> near_pairs(const std::vector<Outline>& sstr, const space::Geometry& sstr_grid,
                                 const std::vector<Outline>& fdg, const space::Geometry& fdg_grid,
                                 const space::Transform& fdg_to_sstr, const ErrorAt& error_at) {
  std::vector<std::vector<space::PointLps>> fdg_points;
  fdg_points.reserve(fdg.size());
  for (const Outline& outline : fdg) fdg_points.push_back(points_of(outline, fdg_grid, fdg_to_sstr));
  std::vector<Nearness> near;
  for (std::size_t s = 0; s < sstr.size(); ++s) {
    const space::PointLps hottest = sstr_grid.to_lps(sstr[s].hottest);
    const double error_mm = error_at(hottest);
    base::check(error_mm >= 0, "a registration error is not negative");
    const Surroundings around(sstr[s], sstr_grid, error_mm);
    for (std::size_t f = 0; f < fdg.size(); ++f) {
      const double gap = around.gap_mm(fdg_points[f]);
      if (gap > error_mm) continue;
      near.push_back({gap, space::distance(hottest, fdg_to_sstr(fdg_grid.to_lps(fdg[f].hottest))), s, f});
    }
  }
  std::sort(near.begin(), near.end(), [](const Nearness& a, const Nearness& b) {
    return std::tie(a.hottest_mm, a.gap_mm, a.sstr, a.fdg) < std::tie(b.hottest_mm, b.gap_mm, b.sstr, b.fdg);
  });
  return near;
}

}  // namespace

std::vector<PairedLesion> pair_lesions(const std::vector<Outline>& sstr, const space::Geometry& sstr_grid,
                                       const std::vector<Outline>& fdg, const space::Geometry& fdg_grid,
                                       const space::Transform& sstr_to_fdg, const ErrorAt& error_at) {
  std::vector<PairedLesion> lesions(sstr.size());
  for (std::size_t s = 0; s < sstr.size(); ++s) lesions[s].sstr = sstr[s];
  const std::vector<Nearness> near =
      fdg.empty() ? std::vector<Nearness>()
                  : near_pairs(sstr, sstr_grid, fdg, fdg_grid, sstr_to_fdg.inverted(), error_at);

  constexpr std::size_t kAlone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> lesion_of_fdg(fdg.size(), kAlone);
  for (const Nearness& one : near) {
    if (lesions[one.sstr].fdg || lesion_of_fdg[one.fdg] != kAlone) continue;
    lesions[one.sstr].fdg = fdg[one.fdg];
    lesions[one.sstr].distance_mm = one.gap_mm;
    lesion_of_fdg[one.fdg] = one.sstr;
  }
  for (std::size_t f = 0; f < fdg.size(); ++f) {
    if (lesion_of_fdg[f] != kAlone) continue;
    lesion_of_fdg[f] = lesions.size();
    lesions.push_back({std::nullopt, fdg[f], 0, {}});
  }
  for (const Nearness& one : near) {
    const std::size_t other = lesion_of_fdg[one.fdg];
    if (other == one.sstr) continue;
    lesions[one.sstr].touches.push_back(other);
    lesions[other].touches.push_back(one.sstr);
  }
  for (PairedLesion& lesion : lesions) {
    std::sort(lesion.touches.begin(), lesion.touches.end());
    lesion.touches.erase(std::unique(lesion.touches.begin(), lesion.touches.end()), lesion.touches.end());
  }
  return lesions;
}

image::Region transfer_region(const image::Region& region, const space::Geometry& from,
                              const space::Geometry& to, const space::Transform& from_to) {
  image::Region result;
  if (region.empty()) return result;
  const space::Transform to_from = from_to.inverted();
  const image::Box box = image::bounding_box(from, region);
  // The block of `to` that holds all eight corners of the block of `from`.
  image::Box target{{to.size[0], to.size[1], to.size[2]}, {-1, -1, -1}};
  for (int corner = 0; corner < 8; ++corner) {
    const auto at = [&](int axis) {
      const auto a = static_cast<std::size_t>(axis);
      return corner >> axis & 1 ? box.last[a] + 0.5 : box.first[a] - 0.5;
    };
    const space::ContinuousIjk c = to.to_ijk(from_to(from.to_lps(space::ContinuousIjk{at(0), at(1), at(2)})));
    const std::array<double, 3> place{c.i, c.j, c.k};
    for (std::size_t a = 0; a < 3; ++a) {
      const double inside = std::clamp(place[a], -1.0, double(to.size[a]));
      target.first[a] = std::min(target.first[a], std::max(static_cast<int>(std::floor(inside)), 0));
      target.last[a] =
          std::max(target.last[a], std::min(static_cast<int>(std::ceil(inside)), to.size[a] - 1));
    }
  }
  for (int k = target.first[2]; k <= target.last[2]; ++k)
    for (int j = target.first[1]; j <= target.last[1]; ++j)
      for (int i = target.first[0]; i <= target.last[0]; ++i) {
        const space::IndexIjk source = from.nearest(to_from(to.to_lps(space::IndexIjk{i, j, k})));
        if (from.contains(source) && std::binary_search(region.begin(), region.end(), from.offset(source)))
          result.push_back(to.offset({i, j, k}));
      }
  if (!result.empty()) return result;
  const space::IndexIjk centre = to.nearest(from_to(centroid_of(region, from)));
  if (to.contains(centre)) result.push_back(to.offset(centre));
  return result;
}

space::PointLps centroid_of(const image::Region& region, const space::Geometry& grid) {
  base::check(!region.empty(), "an empty region has no centroid");
  double i = 0, j = 0, k = 0;
  for (const std::size_t voxel : region) {
    const space::IndexIjk at = grid.index(voxel);
    i += at.i, j += at.j, k += at.k;
  }
  const auto n = static_cast<double>(region.size());
  return grid.to_lps(space::ContinuousIjk{i / n, j / n, k / n});
}

}  // namespace netpet::lesions
