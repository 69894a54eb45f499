#include "report/lesion_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "image/resample.h"
#include "report/ct_window.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

constexpr double kTileMm = 150;
constexpr int kTitle = 40, kBar = 14, kBelow = 48, kGap = 16;
constexpr float kAirSuv = 0;
constexpr std::int16_t kAirHu = -1000;

/// One slice of pixels, the patient's right on the left and the front up.
space::Geometry tile_grid(space::PointLps middle, int tile_px) {
  const double pixel_mm = kTileMm / tile_px;
  space::Geometry grid;
  grid.origin = {middle.x - (kTileMm - pixel_mm) / 2, middle.y - (kTileMm - pixel_mm) / 2, middle.z};
  grid.spacing = {pixel_mm, pixel_mm, 1};
  grid.size = {tile_px, tile_px, 1};
  return grid;
}

/// Black, red, yellow, white: how nuclear medicine shows uptake on a CT. `share` of the window's top.
Colour hot(double share) {
  const auto part = [&](double from, double to) { return sample_of((share - from) / (to - from)); };
  return {part(0, 0.4), part(0.3, 0.8), part(0.7, 1)};
}

/// Faint uptake lets the CT through.
double opacity(double share) {
  constexpr double kMost = 0.8, kFullFrom = 0.5;
  return kMost * std::clamp(share / kFullFrom, 0.0, 1.0);
}

void put(std::uint8_t* sample, Colour colour) {
  sample[0] = colour.red;
  sample[1] = colour.green;
  sample[2] = colour.blue;
}

image::Picture grey_tile(const image::PetVolume& suv, Window window) {
  image::Picture picture(suv.geometry().size[0], suv.geometry().size[1], 3);
  for (std::size_t n = 0; n < suv.voxels().size(); ++n)
    std::fill_n(&picture.samples[3 * n], 3, grey_of(suv[n], window));
  return picture;
}

image::Picture fused_tile(const image::PetVolume& suv, const image::CtVolume& ct, Window window) {
  image::Picture picture(suv.geometry().size[0], suv.geometry().size[1], 3);
  for (std::size_t n = 0; n < suv.voxels().size(); ++n) {
    const double share = std::clamp(suv[n] / window.top, 0.0, 1.0), cover = opacity(share);
    const Colour over = hot(share);
    const std::uint8_t grey = grey_of_hu(ct[n]);
    const auto mixed = [&](std::uint8_t colour) {
      return sample_of((cover * colour + (1 - cover) * grey) / 255);
    };
    put(&picture.samples[3 * n], {mixed(over.red), mixed(over.green), mixed(over.blue)});
  }
  return picture;
}

/// A line inside the border of the lesion.
void outline(image::Picture& picture, const image::LabelMap& labels, std::uint16_t label, Colour colour) {
  const int line = std::max(1, picture.width / 200);
  const auto inside = [&](int x, int y) {
    const space::IndexIjk at{x, y, 0};
    return labels.geometry().contains(at) && labels(at) == label;
  };
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (inside(x, y) &&
          !(inside(x - line, y) && inside(x + line, y) && inside(x, y - line) && inside(x, y + line)))
        put(picture.at(x, y), colour);
}

struct Tile {
  image::Picture picture;
  image::Picture bar;
  std::string title;
  Window window;
};

image::Picture bar(int width, Colour (*colour)(double)) {
  image::Picture picture(width, kBar, 3);
  for (int y = 0; y < kBar; ++y)
    for (int x = 0; x < picture.width; ++x) put(picture.at(x, y), colour((x + 0.5) / picture.width));
  return picture;
}

Colour inverted_grey(double share) {
  const std::uint8_t grey = grey_of(static_cast<float>(share), Window{1});
  return {grey, grey, grey};
}

void add_tiles(std::vector<Tile>& tiles, const LesionView& view, int tile_px, const base::Run& run) {
  const space::Geometry grid = tile_grid(view.at, tile_px);
  const space::Affine same;
  const image::PetVolume suv = image::resample_linear(*view.suv, grid, same, kAirSuv, run);
  std::optional<image::LabelMap> labels;
  if (view.lesions) labels = image::resample_nearest(*view.lesions, grid, same, run);
  const auto add = [&](image::Picture picture, Colour (*colours)(double), Colour line,
                       const std::string& title) {
    if (labels) outline(picture, *labels, view.label, line);
    tiles.push_back({std::move(picture), bar(tile_px / 3, colours), title, view.window});
  };
  add(grey_tile(suv, view.window), inverted_grey, view.colour, view.title);
  if (!view.ct) return;
  const image::CtVolume ct = image::resample_linear(*view.ct, grid, same, kAirHu, run);
  constexpr Colour kBright{120, 220, 255};
  add(fused_tile(suv, ct, view.window), hot, kBright, view.fused_title);
}

void draw_tile(Canvas& canvas, const Tile& tile, int x, const std::string& bar_unit) {
  const int size = tile.picture.width;
  const double text_px = size < kLargeTile ? 16 : 22;
  const TextStyle small{text_px - 3, Weight::normal, kInk};
  canvas.text(tile.title, x, kTitle - 1.6 * text_px, {text_px, Weight::bold, kInk});
  canvas.picture(tile.picture, x, kTitle);
  canvas.stroke({double(x), double(kTitle), double(size), double(size)}, kHairline, 1);
  constexpr Colour kMark{255, 140, 0};
  const auto mark = [&](const char* letter, double at_x, double at_y, Align align) {
    canvas.text(letter, at_x, at_y, {text_px, Weight::bold, kMark, align});
  };
  mark("R", x + 6.0, kTitle + (size - text_px) / 2, Align::left);
  mark("L", x + size - 6.0, kTitle + (size - text_px) / 2, Align::right);
  mark("A", x + size / 2.0, kTitle + 4.0, Align::centre);
  const double below = kTitle + size + 10;
  canvas.picture(tile.bar, x + 18, static_cast<int>(below) + 4);
  canvas.stroke({x + 18.0, below + 4, double(tile.bar.width), kBar}, kMuted, 1);
  canvas.text("0", x, below, small);
  canvas.text(fmt::format("{:g} {}", tile.window.top, bar_unit), x + 18.0 + tile.bar.width + 8, below, small);
}

}  // namespace

image::Picture draw_lesion(const std::vector<LesionView>& views, int tile_px, const std::string& bar_unit,
                           const base::Run& run) {
  std::vector<Tile> tiles;
  for (const LesionView& view : views) add_tiles(tiles, view, tile_px, run);
  if (tiles.empty()) return {};
  const int count = static_cast<int>(tiles.size());
  Canvas canvas(count * (tile_px + kGap) - kGap, kTitle + tile_px + kBelow, kWhite);
  for (int i = 0; i < count; ++i)
    draw_tile(canvas, tiles[static_cast<std::size_t>(i)], i * (tile_px + kGap), bar_unit);
  return canvas.taken();
}

}  // namespace netpet::report
