#include "report/references_picture.h"

#include <algorithm>
#include <utility>

#include "image/resample.h"
#include "report/axial_tile.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

constexpr double kTileMm = 200;
constexpr int kTilePx = 300;
constexpr float kAirSuv = 0;
constexpr std::int16_t kAirHu = -1000;
constexpr Colour kOnPet{179, 32, 40}, kOnCt{255, 210, 60};

space::PointLps centre_of(const RegionView& view) {
  const space::Geometry& grid = view.suv->geometry();
  space::Vec3 sum;
  for (const std::size_t offset : *view.region) {
    const space::PointLps p = grid.to_lps(grid.index(offset));
    sum = sum + space::Vec3{p.x, p.y, p.z};
  }
  const double count = static_cast<double>(view.region->size());
  return {sum.x / count, sum.y / count, sum.z / count};
}

/// The pixels of a slice that lie in voxels of the region.
std::vector<bool> cut(const RegionView& view, const space::Geometry& slice) {
  const space::Geometry& grid = view.suv->geometry();
  std::vector<bool> inside(slice.voxels());
  for (std::size_t n = 0; n < inside.size(); ++n) {
    const space::IndexIjk voxel = grid.nearest(slice.to_lps(slice.index(n)));
    inside[n] = grid.contains(voxel) &&
                std::binary_search(view.region->begin(), view.region->end(), grid.offset(voxel));
  }
  return inside;
}

void add_tiles(std::vector<AxialTile>& tiles, const RegionView& view, const base::Run& run) {
  const space::Geometry slice = axial_square(centre_of(view), kTileMm, kTilePx);
  const std::vector<bool> region = cut(view, slice);
  const auto add = [&](AxialTile tile, Colour line) {
    outline(tile.picture, region, line);
    tiles.push_back(std::move(tile));
  };
  const space::Affine same;
  add(uptake_tile(image::resample_linear(*view.suv, slice, same, kAirSuv, run), view.window, view.title),
      kOnPet);
  if (view.ct) add(ct_tile(image::resample_linear(*view.ct, slice, same, kAirHu, run), view.ct_title), kOnCt);
}

}  // namespace

image::Picture draw_regions(const std::vector<std::vector<RegionView>>& rows, const std::string& bar_unit,
                            const base::Run& run) {
  std::vector<std::vector<AxialTile>> drawn;
  std::size_t across = 0;
  for (const auto& row : rows) {
    if (row.empty()) continue;
    std::vector<AxialTile>& tiles = drawn.emplace_back();
    for (const RegionView& view : row) add_tiles(tiles, view, run);
    across = std::max(across, tiles.size());
  }
  if (drawn.empty()) return {};
  constexpr int kRow = kTileTitle + kTilePx + kTileBelow;
  Canvas canvas(static_cast<int>(across) * (kTilePx + kTileGap) - kTileGap,
                static_cast<int>(drawn.size()) * kRow, kWhite);
  for (std::size_t row = 0; row < drawn.size(); ++row)
    for (std::size_t n = 0; n < drawn[row].size(); ++n)
      draw(canvas, drawn[row][n], static_cast<int>(n) * (kTilePx + kTileGap), static_cast<int>(row) * kRow,
           bar_unit);
  return canvas.taken();
}

}  // namespace netpet::report
