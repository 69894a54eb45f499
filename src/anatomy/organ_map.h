#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "anatomy/organ_names.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/organ.h"
#include "record/spine_levels.h"
#include "record/warning.h"
#include "space/transform.h"

namespace netpet::anatomy {

/// Organs of one patient, on a grid of their own in the patient space of the study that they come from.
struct OrganMap {
  image::LabelMap labels;                      ///< record::Organ ids; other ids mean "some other organ"
  std::string source;                          ///< "imported" | "auto"
  std::map<std::uint16_t, double> confidence;  ///< auto only: 0 … 1 by organ id
  image::LabelMap regions = {};  ///< auto only, on the same grid or empty: ids that record::is_region names
  record::SpineLevels spine_levels = {};  ///< auto only; empty where they are not known
  std::vector<record::Warning> warnings;
};

/// The warning that an organ was not found (`organ_not_found`).
record::Warning organ_not_found(record::Organ organ);

/// Numbers of other programs' maps that have no meaning here are moved by 1000, so that they are never taken
/// for an organ; this is the largest that can be.
constexpr std::uint16_t number_without_meaning = 1000;
constexpr std::uint16_t largest_foreign_number = 65535 - number_without_meaning;

/// Takes a label map whose ids are those of TotalSegmentator v2 and our own from 200 on; ids without a
/// meaning here are kept, regions of the program's own are left out. Warns of what cannot be a patient's
/// organs: `organ_map_empty`, `organ_volume_implausible`, `organ_sides_swapped`, `organ_ids_unknown`.
OrganMap import_organs(image::LabelMap labels);

/// The same for a map in another numbering; a number that it does not name gets no meaning.
OrganMap import_organs(image::LabelMap labels, const OrganNumbering& numbering);

/// The organs on another grid; `grid_to_map` takes the patient space of `grid` to that of the map (the
/// identity where both come from one study).
image::LabelMap organs_on_grid(const OrganMap& map, const space::Geometry& grid,
                               const space::Transform& grid_to_map, const base::Run& run);

}  // namespace netpet::anatomy
