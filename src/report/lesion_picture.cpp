#include "report/lesion_picture.h"

#include <algorithm>
#include <utility>

#include "image/resample.h"
#include "report/axial_tile.h"
#include "report/ct_window.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

constexpr double kTileMm = 150;
constexpr double kSmallText = 16;
constexpr float kAirSuv = 0;
constexpr std::int16_t kAirHu = -1000;

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

image::Picture fused(const image::PetVolume& suv, const image::CtVolume& ct, Window window) {
  image::Picture picture(suv.geometry().size[0], suv.geometry().size[1], 3);
  for (std::size_t n = 0; n < suv.voxels().size(); ++n) {
    const double share = std::clamp(suv[n] / window.top, 0.0, 1.0), cover = opacity(share);
    const Colour over = hot(share);
    const std::uint8_t grey = grey_of_hu(ct[n]);
    const auto mixed = [&](std::uint8_t colour) {
      return sample_of((cover * colour + (1 - cover) * grey) / 255);
    };
    std::uint8_t* sample = &picture.samples[3 * n];
    sample[0] = mixed(over.red), sample[1] = mixed(over.green), sample[2] = mixed(over.blue);
  }
  return picture;
}

/// The pixels that the lesion covers.
std::vector<bool> region_of(const image::LabelMap& labels, std::uint16_t label) {
  std::vector<bool> region(labels.voxels().size());
  for (std::size_t n = 0; n < region.size(); ++n) region[n] = labels[n] == label;
  return region;
}

void add_tiles(std::vector<AxialTile>& tiles, const LesionView& view, int tile_px, const base::Run& run) {
  const space::Geometry grid = axial_square(view.at, kTileMm, tile_px);
  const space::Affine same;
  const image::PetVolume suv = image::resample_linear(*view.suv, grid, same, kAirSuv, run);
  std::vector<bool> region;
  if (view.lesions) region = region_of(image::resample_nearest(*view.lesions, grid, same, run), view.label);
  const auto add = [&](AxialTile tile, Colour line) {
    if (view.lesions) outline(tile.picture, region, line);
    if (tile_px < kLargeTile) tile.text_px = kSmallText;
    tiles.push_back(std::move(tile));
  };
  add(uptake_tile(suv, view.window, view.title), view.colour);
  if (!view.ct) return;
  const image::CtVolume ct = image::resample_linear(*view.ct, grid, same, kAirHu, run);
  constexpr Colour kBright{120, 220, 255};
  add({fused(suv, ct, view.window), colour_bar(tile_px, hot), view.fused_title, view.window.top}, kBright);
}

}  // namespace

image::Picture draw_lesion(const std::vector<LesionView>& views, int tile_px, const std::string& bar_unit,
                           const base::Run& run) {
  std::vector<AxialTile> tiles;
  for (const LesionView& view : views) add_tiles(tiles, view, tile_px, run);
  if (tiles.empty()) return {};
  const int count = static_cast<int>(tiles.size());
  Canvas canvas(count * (tile_px + kTileGap) - kTileGap, kTileTitle + tile_px + kTileBelow, kWhite);
  for (int i = 0; i < count; ++i)
    draw(canvas, tiles[static_cast<std::size_t>(i)], i * (tile_px + kTileGap), 0, bar_unit);
  return canvas.taken();
}

}  // namespace netpet::report
