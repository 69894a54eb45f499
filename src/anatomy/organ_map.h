#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/organ.h"
#include "record/warning.h"
#include "space/transform.h"

namespace netpet::anatomy {

/// Organs of one patient, on a grid of their own in the patient space of the study that they come from.
struct OrganMap {
  image::LabelMap labels;                      ///< record::Organ ids; other ids mean "some other organ"
  std::string source;                          ///< "imported" | "auto"
  std::map<std::uint16_t, double> confidence;  ///< auto only: 0 … 1 by organ id
  std::vector<record::Warning> warnings;
};

/// The warning that an organ was not found (`organ_not_found`).
record::Warning organ_not_found(record::Organ organ);

/// From the ids of a label map in another numbering to record::Organ ids.
using OrganNumbering = std::map<std::uint16_t, std::uint16_t>;

/// Reads a numbering: a JSON object from the map's id (a number as key) to an organ, by its name in
/// data/organ_names.json or by its id: {"3": "liver", "1": 1}. Refuses anything else
/// (`organ_numbering_malformed`) and an unknown name (`organ_name_unknown`).
OrganNumbering read_organ_numbering(std::string_view json, const base::Resources& resources);

/// Takes a label map whose ids are those of TotalSegmentator v2 and our own from 200 on; ids without a
/// meaning here are kept. Warns of what cannot be a patient's organs: `organ_map_empty`,
/// `organ_volume_implausible`, `organ_sides_swapped`, `organ_ids_unknown`.
OrganMap import_organs(image::LabelMap labels);

/// The same for a map in another numbering. An id that the numbering does not name becomes an id without a
/// meaning (1000 + id), so that it is never taken for an organ.
OrganMap import_organs(image::LabelMap labels, const OrganNumbering& numbering);

/// The organs on another grid; `grid_to_map` takes the patient space of `grid` to that of the map (the
/// identity where both come from one study).
image::LabelMap organs_on_grid(const OrganMap& map, const space::Geometry& grid,
                               const space::Transform& grid_to_map, const base::Run& run);

}  // namespace netpet::anatomy
