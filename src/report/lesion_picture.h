#pragma once

#include <string>
#include <vector>

#include "base/run.h"
#include "image/png.h"
#include "image/volume.h"
#include "report/canvas.h"
#include "report/mip_picture.h"

namespace netpet::report {

/// A lesion on one tracer, in the patient space of that scan.
struct LesionView {
  const image::PetVolume* suv = nullptr;     ///< g/mL
  const image::CtVolume* ct = nullptr;       ///< HU; null: no fused tile
  const image::LabelMap* lesions = nullptr;  ///< on the grid of `suv`; null: no outline
  std::uint16_t label = 0;                   ///< of the lesion in `lesions`
  space::PointLps at;                        ///< middle of the tiles, LPS mm
  Window window;
  Colour colour;  ///< of the outline
  std::string title;
  std::string fused_title;
};

/// Edge of a tile in pixels: as a picture of its own, and as one of many.
constexpr int kLargeTile = 400, kSmallTile = 220;

/// Axial tiles of 150 mm through a lesion side by side, the patient's right on the left: for each view the
/// PET in inverted grey and, where there is a CT, the PET in colour on the CT (−160 to 240 HU), each with
/// its outline and a bar in SUV of the view's window.
image::Picture draw_lesion(const std::vector<LesionView>& views, int tile_px, const std::string& bar_unit,
                           const base::Run& run);

}  // namespace netpet::report
