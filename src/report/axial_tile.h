#pragma once

#include <string>
#include <vector>

#include "base/run.h"
#include "image/png.h"
#include "image/volume.h"
#include "report/canvas.h"
#include "report/mip_picture.h"

namespace netpet::report {

/// A square axial slice, the patient's right on the left and the front up, with what stands around it.
struct AxialTile {
  image::Picture picture;
  image::Picture bar;  ///< of the colours from 0 to `top`; no samples: none is drawn
  std::string title;
  double top = 0;
  double text_px = 22;
};

/// What lies around a row of tiles, in pixels.
constexpr int kTileTitle = 40, kTileBelow = 48, kTileGap = 16;

/// One slice of pixels, `edge_mm` wide, LPS mm.
space::Geometry axial_square(space::PointLps middle, double edge_mm, int edge_px);
/// SUV in inverted grey, and its bar.
AxialTile uptake_tile(const image::PetVolume& slice, Window window, const std::string& title);
/// A CT in −160 to 240 HU, without a bar.
AxialTile ct_tile(const image::CtVolume& slice, const std::string& title);
/// A bar of a third of a tile's width.
image::Picture colour_bar(int tile_px, Colour (*colour_at)(double share));

/// A line inside the border of a region, which has one entry for each pixel.
void outline(image::Picture& picture, const std::vector<bool>& region, Colour colour);
/// Draws a tile with its title above, R, L and A in it, and its bar with the unit below; (x, y) is the corner
/// of the title.
void draw(Canvas& canvas, const AxialTile& tile, int x, int y, const std::string& bar_unit);

}  // namespace netpet::report
