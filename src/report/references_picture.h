#pragma once

#include <string>
#include <vector>

#include "base/run.h"
#include "image/png.h"
#include "image/volume.h"
#include "report/mip_picture.h"

namespace netpet::report {

/// A reference region on its scan.
struct RegionView {
  const image::PetVolume* suv = nullptr;  ///< g/mL
  const image::CtVolume* ct = nullptr;    ///< HU, in the same patient space; null: no tile of it
  const image::Region* region = nullptr;  ///< offsets of the grid of `suv`, ascending; not empty
  Window window;
  std::string title;
  std::string ct_title;
};

/// Each row of regions side by side: axial tiles of 200 mm through the middle of each, PET in inverted grey
/// and, where there is one, its CT, with the cut of the region outlined; nothing where there is no region.
image::Picture draw_regions(const std::vector<std::vector<RegionView>>& rows, const std::string& bar_unit,
                            const base::Run& run);

}  // namespace netpet::report
