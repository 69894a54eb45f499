#include "report/axial_tile.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/ct_window.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

constexpr int kBar = 14;

Colour inverted_grey(double share) {
  const std::uint8_t grey = grey_of(static_cast<float>(share), Window{1});
  return {grey, grey, grey};
}

void put(std::uint8_t* sample, Colour colour) {
  sample[0] = colour.red;
  sample[1] = colour.green;
  sample[2] = colour.blue;
}

}  // namespace

space::Geometry axial_square(space::PointLps middle, double edge_mm, int edge_px) {
  const double pixel_mm = edge_mm / edge_px, half = (edge_mm - pixel_mm) / 2;
  space::Geometry grid;
  grid.origin = {middle.x - half, middle.y - half, middle.z};
  grid.spacing = {pixel_mm, pixel_mm, 1};
  grid.size = {edge_px, edge_px, 1};
  return grid;
}

image::Picture colour_bar(int tile_px, Colour (*colour_at)(double)) {
  image::Picture picture(tile_px / 3, kBar, 3);
  for (int y = 0; y < kBar; ++y)
    for (int x = 0; x < picture.width; ++x) put(picture.at(x, y), colour_at((x + 0.5) / picture.width));
  return picture;
}

AxialTile uptake_tile(const image::PetVolume& slice, Window window, const std::string& title) {
  const auto& size = slice.geometry().size;
  AxialTile tile{{size[0], size[1], 3}, colour_bar(size[0], inverted_grey), title, window.top};
  for (std::size_t n = 0; n < slice.voxels().size(); ++n)
    std::fill_n(&tile.picture.samples[3 * n], 3, grey_of(slice[n], window));
  return tile;
}

AxialTile ct_tile(const image::CtVolume& slice, const std::string& title) {
  const auto& size = slice.geometry().size;
  AxialTile tile{{size[0], size[1], 3}, {}, title, 0};
  for (std::size_t n = 0; n < slice.voxels().size(); ++n)
    std::fill_n(&tile.picture.samples[3 * n], 3, grey_of_hu(slice[n]));
  return tile;
}

void outline(image::Picture& picture, const std::vector<bool>& region, Colour colour) {
  const int line = std::max(1, picture.width / 200);
  const auto inside = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < picture.width && y < picture.height &&
           region[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                  static_cast<std::size_t>(x)];
  };
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (inside(x, y) &&
          !(inside(x - line, y) && inside(x + line, y) && inside(x, y - line) && inside(x, y + line)))
        put(picture.at(x, y), colour);
}

void draw(Canvas& canvas, const AxialTile& tile, int x, int y, const std::string& bar_unit) {
  const int size = tile.picture.width, top = y + kTileTitle;
  const double text_px = tile.text_px;
  canvas.text(tile.title, x, top - 1.6 * text_px, {text_px, Weight::bold, kInk});
  canvas.picture(tile.picture, x, top);
  canvas.stroke({double(x), double(top), double(size), double(size)}, kHairline, 1);
  constexpr Colour kMark{255, 140, 0};
  const auto mark = [&](const char* letter, double at_x, double at_y, Align align) {
    canvas.text(letter, at_x, at_y, {text_px, Weight::bold, kMark, align});
  };
  mark("R", x + 6.0, top + (size - text_px) / 2, Align::left);
  mark("L", x + size - 6.0, top + (size - text_px) / 2, Align::right);
  mark("A", x + size / 2.0, top + 4.0, Align::centre);
  if (tile.bar.samples.empty()) return;
  const double below = top + size + 10;
  const TextStyle small{text_px - 3, Weight::normal, kInk};
  canvas.picture(tile.bar, x + 18, static_cast<int>(below) + 4);
  canvas.stroke({x + 18.0, below + 4, double(tile.bar.width), kBar}, kMuted, 1);
  canvas.text("0", x, below, small);
  canvas.text(fmt::format("{:g} {}", tile.top, bar_unit), x + 18.0 + tile.bar.width + 8, below, small);
}

}  // namespace netpet::report
