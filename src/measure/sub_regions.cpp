#include "measure/sub_regions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "image/components.h"
#include "image/distance.h"
#include "image/mask.h"
#include "image/region_block.h"
#include "image/sphere.h"

namespace netpet::measure {
namespace {

/// With a voxel of outside on every side, beyond the border of the image too: a lesion has a rim there as
/// well.
image::Box with_surroundings(image::Box box) {
  for (std::size_t a = 0; a < 3; ++a) --box.first[a], ++box.last[a];
  return box;
}

/// Of a lesion, on its block: its voxels inside the rim, and mean and SD of what of the 1 cm³ sphere around
/// each lies there.
struct LocalUptake {
  image::Mask inside;
  image::Volume<float> mean, sd;
};

LocalUptake local_uptake(const image::PetVolume& suv, const image::RegionBlock& block, double rim_mm) {
  const space::Geometry& grid = block.geometry();
  const double rim = std::max({rim_mm, grid.spacing.x, grid.spacing.y, grid.spacing.z});
  LocalUptake local{image::erode(block.mask(), rim, base::Run()), image::Volume<float>(grid),
                    image::Volume<float>(grid)};
  const image::Sphere sphere = image::sphere_on(grid, image::kOneMlRadiusMm);
  for (std::size_t voxel = 0; voxel < grid.voxels(); ++voxel) {
    if (local.inside[voxel] == 0) continue;
    double sum = 0, squares = 0, count = 0;
    for (const std::size_t near : image::voxels_of(sphere, grid, grid.index(voxel))) {
      if (local.inside[near] == 0) continue;
      const double value = suv[block.grid_offset(near)];
      sum += value, squares += value * value, count += 1;
    }
    const double mean = sum / count;
    local.mean[voxel] = static_cast<float>(mean);
    local.sd[voxel] = static_cast<float>(std::sqrt(std::max(squares / count - mean * mean, 0.0)));
  }
  return local;
}

double mean_in(const image::Volume<float>& image, const image::Region& region) {
  double sum = 0;
  for (const std::size_t voxel : region) sum += double(image[voxel]);
  return sum / static_cast<double>(region.size());
}

/// A connected piece of one class, on the block.
struct Piece {
  int of_class;
  image::Region voxels;
  image::Region telling;  ///< those that show its own uptake
  double mean = 0;        ///< of the local means there
};

/// The pieces of each class, hottest class first. Blur takes uptake through every class on its way down: a
/// cooler piece must be even somewhere farther than the blur from all hotter pieces.
std::vector<Piece> pieces_of(const LocalUptake& local, const std::map<int, image::Mask>& classes,
                             const SubRegionRules& rules) {
  std::vector<Piece> pieces;
  if (classes.empty()) return pieces;
  const auto hottest = classes.rbegin();
  const double even_sd = rules.even_cov * mean_in(local.mean, image::region_of(hottest->second));
  image::Mask hotter(local.inside.geometry());
  for (auto one = hottest; one != classes.rend(); ++one) {
    const image::Mask blurred = image::dilate(hotter, rules.blur_mm, base::Run());
    for (image::Region& voxels :
         image::connected_components(one->second, image::Neighbourhood::faces6).regions()) {
      Piece piece{one->first, std::move(voxels), {}};
      for (const std::size_t voxel : piece.voxels)
        if (one == hottest || (local.sd[voxel] <= even_sd && blurred[voxel] == 0))
          piece.telling.push_back(voxel);
      if (piece.telling.empty()) continue;
      piece.mean = mean_in(local.mean, piece.telling);
      for (const std::size_t voxel : piece.voxels) hotter[voxel] = 1;
      pieces.push_back(std::move(piece));
    }
  }
  return pieces;
}

/// The pieces that touch a region over faces.
std::set<std::size_t> pieces_beside(const image::Region& region, const image::Volume<std::uint32_t>& owner) {
  constexpr std::array<space::IndexIjk, 6> faces{
      {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}}};
  const space::Geometry& grid = owner.geometry();
  std::set<std::size_t> beside;
  for (const std::size_t voxel : region)
    for (const space::IndexIjk& step : faces) {
      const space::IndexIjk at = grid.index(voxel);
      const space::IndexIjk to{at.i + step.i, at.j + step.j, at.k + step.k};
      if (grid.contains(to) && owner[grid.offset(to)] != 0) beside.insert(owner[grid.offset(to)] - 1);
    }
  return beside;
}

/// Gives each voxel between two pieces to the one whose uptake is nearer to its own.
void share_gaps(const LocalUptake& local, std::vector<Piece>& pieces) {
  image::Volume<std::uint32_t> owner(local.inside.geometry());
  for (std::size_t n = 0; n < pieces.size(); ++n)
    for (const std::size_t voxel : pieces[n].voxels) owner[voxel] = static_cast<std::uint32_t>(n + 1);
  image::Mask gaps(local.inside.geometry());
  for (std::size_t voxel = 0; voxel < gaps.voxels().size(); ++voxel)
    gaps[voxel] = local.inside[voxel] != 0 && owner[voxel] == 0;
  for (const image::Region& gap : image::connected_components(gaps, image::Neighbourhood::faces6).regions()) {
    const std::set<std::size_t> beside = pieces_beside(gap, owner);
    if (beside.size() < 2) continue;
    for (const std::size_t voxel : gap) {
      const std::size_t nearest = *std::min_element(beside.begin(), beside.end(), [&](auto a, auto b) {
        return std::abs(local.mean[voxel] - pieces[a].mean) < std::abs(local.mean[voxel] - pieces[b].mean);
      });
      pieces[nearest].voxels.push_back(voxel);
    }
  }
}

}  // namespace

std::vector<ClassRegion> sub_regions(const image::PetVolume& suv, const image::Region& region,
                                     const std::function<int(double)>& class_of,
                                     const SubRegionRules& rules) {
  if (region.empty()) return {};
  const space::Geometry& grid = suv.geometry();
  const image::RegionBlock block(region, grid, with_surroundings(image::bounding_box(grid, region)));
  const LocalUptake local = local_uptake(suv, block, rules.rim_mm);
  std::map<int, image::Mask> classes;
  for (std::size_t voxel = 0; voxel < local.inside.voxels().size(); ++voxel)
    if (local.inside[voxel] != 0)
      classes.try_emplace(class_of(local.mean[voxel]), block.geometry()).first->second[voxel] = 1;
  std::vector<Piece> pieces = pieces_of(local, classes, rules);
  share_gaps(local, pieces);
  std::vector<ClassRegion> parts;
  for (Piece& piece : pieces) {
    if (static_cast<double>(piece.voxels.size()) * grid.voxel_volume_ml() < rules.least_ml) continue;
    std::sort(piece.voxels.begin(), piece.voxels.end());
    parts.push_back({piece.of_class, block.on_grid(std::move(piece.voxels)), piece.mean});
  }
  std::stable_sort(parts.begin(), parts.end(), [](const ClassRegion& a, const ClassRegion& b) {
    return a.region.size() > b.region.size();
  });
  return parts;
}

}  // namespace netpet::measure
