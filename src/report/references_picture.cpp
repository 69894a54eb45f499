#include "report/references_picture.h"

#include <algorithm>
#include <cmath>

#include "report/canvas.h"
#include "report/palette.h"
#include "report/plane.h"

namespace netpet::report {
namespace {

constexpr int kTileWidth = 560;
constexpr int kTileHeight = 420;
constexpr int kTitle = 46;
constexpr int kGap = 20;
constexpr double kPixelMm = 0.85;  // 476 mm × 357 mm: a broad patient
constexpr Colour kOutline{179, 32, 40};

space::PointLps centre_of(const RegionTile& tile) {
  const space::Geometry& grid = tile.suv.geometry();
  space::Vec3 sum;
  for (const std::size_t offset : tile.region) {
    const space::PointLps p = grid.to_lps(grid.index(offset));
    sum = sum + space::Vec3{p.x, p.y, p.z};
  }
  const double count = static_cast<double>(tile.region.size());
  return {sum.x / count, sum.y / count, sum.z / count};
}

/// A plane of the tile's size: centred on the grid where the grid is small, else on it as far as the region
/// stays inside.
Plane tile_plane(const RegionTile& tile) {
  const Box box = box_of(tile.suv.geometry());
  const space::PointLps centre = centre_of(tile);
  const auto start = [](double low, double high, double wanted, double length) {
    const double middle = (low + high) / 2 - length / 2;
    const double margin = length / 6;
    return std::clamp(middle, wanted - length + margin, wanted - margin);
  };
  return {{start(box.low.x, box.high.x, centre.x, kTileWidth * kPixelMm),
           start(box.low.y, box.high.y, centre.y, kTileHeight * kPixelMm), centre.z},
          {1, 0, 0},
          {0, 1, 0},
          kPixelMm,
          kTileWidth,
          kTileHeight};
}

image::Picture draw_tile(const RegionTile& tile) {
  const Plane plane = tile_plane(tile);
  const space::Geometry& grid = tile.suv.geometry();
  image::Picture picture(kTileWidth, kTileHeight, 3);
  std::vector<char> inside(static_cast<std::size_t>(kTileWidth) * kTileHeight);
  for (int y = 0; y < kTileHeight; ++y)
    for (int x = 0; x < kTileWidth; ++x) {
      const space::IndexIjk index = grid.nearest(plane.at(x, y));
      const bool in_grid = grid.contains(index);
      const std::uint8_t grey = grey_of(in_grid ? tile.suv(index) : 0.0F, tile.window);
      std::fill_n(picture.at(x, y), 3, grey);
      inside[static_cast<std::size_t>(y) * kTileWidth + static_cast<std::size_t>(x)] =
          in_grid && std::binary_search(tile.region.begin(), tile.region.end(), grid.offset(index)) ? 1 : 0;
    }
  const auto is_inside = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < kTileWidth && y < kTileHeight &&
           inside[static_cast<std::size_t>(y) * kTileWidth + static_cast<std::size_t>(x)];
  };
  constexpr int kLine = 2;
  for (int y = 0; y < kTileHeight; ++y)
    for (int x = 0; x < kTileWidth; ++x) {
      if (!is_inside(x, y)) continue;
      if (is_inside(x - kLine, y) && is_inside(x + kLine, y) && is_inside(x, y - kLine) &&
          is_inside(x, y + kLine))
        continue;
      std::uint8_t* sample = picture.at(x, y);
      sample[0] = kOutline.red;
      sample[1] = kOutline.green;
      sample[2] = kOutline.blue;
    }
  return picture;
}

}  // namespace

image::Picture draw_regions(const std::vector<RegionTile>& tiles, int columns) {
  if (tiles.empty()) return {};
  const int count = static_cast<int>(tiles.size());
  const int across = std::min(columns, count), rows = (count + columns - 1) / columns;
  Canvas canvas(across * (kTileWidth + kGap) - kGap, rows * (kTitle + kTileHeight + kGap) - kGap, kWhite);
  for (int i = 0; i < count; ++i) {
    const int x = i % columns * (kTileWidth + kGap), y = i / columns * (kTitle + kTileHeight + kGap);
    const RegionTile& tile = tiles[static_cast<std::size_t>(i)];
    canvas.text(tile.title, x, y + 8, {22, Weight::bold, kInk});
    canvas.picture(draw_tile(tile), x, y + kTitle);
    canvas.stroke({double(x), double(y + kTitle), double(kTileWidth), double(kTileHeight)}, kHairline, 1);
  }
  return canvas.taken();
}

}  // namespace netpet::report
