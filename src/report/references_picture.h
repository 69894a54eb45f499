#pragma once

#include <string>
#include <vector>

#include "image/png.h"
#include "image/volume.h"
#include "report/mip_picture.h"

namespace netpet::report {

/// One tile: an axial slice of a PET through the middle of a region, whose cut is outlined.
struct RegionTile {
  const image::PetVolume& suv;  ///< g/mL
  const image::Region& region;  ///< offsets of that grid; not empty
  Window window;
  std::string title;
};

/// The tiles in rows of `columns`, each in inverted grey with its title; nothing where there are no tiles.
image::Picture draw_regions(const std::vector<RegionTile>& tiles, int columns);

}  // namespace netpet::report
