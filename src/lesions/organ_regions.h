#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/organ.h"
#include "record/tracer.h"

namespace netpet::lesions {

/// What the program's own organ map was made from, all in one patient space.
struct RegionSources {
  const image::LabelMap& organs;
  const std::map<std::uint16_t, double>& confidence;  ///< by organ id
  const image::CtVolume* ct;                          ///< HU; may be null
  const image::PetVolume* suv;                        ///< may be null
  record::Role role;
};

/// Where organs lie that the program has no label for.
struct OrganRegions {
  image::LabelMap labels;                      ///< on the grid of the organs; record::is_region, else 0
  std::map<std::uint16_t, double> confidence;  ///< by id
  std::vector<record::Organ> not_found;        ///< no landmark, or nothing there
};

/// Adrenals, pituitary, thyroid, salivary glands, pancreas with uncinate process, prostate or uterus: the
/// places by which verdicts know them (`Landmarks`), narrowed to where the organ usually lies
/// (data/organ_regions.json), to what no organ but the gut holds and, with a CT, to soft tissue; on SSTR to
/// the focus that stands out there. Pituitary and salivary glands only by their focus; without a CT all.
/// Regions are to be looked at: none of them explains uptake.
OrganRegions find_organ_regions(const RegionSources& sources, const base::Resources& resources,
                                const base::Run& run);

/// The organs, and where they hold nothing or the gut, the regions, both on one grid; for files.
image::LabelMap with_regions(image::LabelMap organs, const image::LabelMap& regions);

}  // namespace netpet::lesions
