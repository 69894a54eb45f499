#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/computed.h"
#include "measure/aggregation.h"
#include "measure/measured.h"

namespace netpet::measure {

/// One quantity of a region, as it names itself. In a unit "{intensity}" stands for the unit of the image
/// (g/mL for SUVbw).
struct Quantity {
  std::string id;          ///< four-character IBSI code, or our own name where IBSI has none
  std::string name;        ///< IBSI's name, snake_case
  std::string family;      ///< IBSI's feature family
  std::string unit;        ///< UCUM; "1" for a pure number
  std::string definition;  ///< one sentence with the formula
  std::string needs;       ///< "at least one voxel"
  std::string source;      ///< publication
  std::function<base::Computed<double>(const Measured&)> measure;
  std::string tag = {};  ///< as IBSI's tables of reference values call it; empty where they do not
  Aggregation aggregation = Aggregation::none;
};

/// The visible list of all quantities, in the order of the report. Refuses (our bug) an entry without id,
/// unit, definition, need or source, and two entries with one id and aggregation.
std::vector<Quantity> all_quantities();

/// The same check for any list; throws Error of kind internal.
std::vector<Quantity> checked(std::vector<Quantity> quantities);

/// The unit with the image's own in place of "{intensity}"; empty where the image's is unknown and needed.
std::string unit_of(const Quantity& quantity, const std::string& intensity_unit);

// The families; each stands in its own file.
std::vector<Quantity> local_intensity();
std::vector<Quantity> intensity_statistics();
std::vector<Quantity> morphology();
std::vector<Quantity> intensity_histogram();
std::vector<Quantity> intensity_volume_histogram();
std::vector<Quantity> grey_level_cooccurrence();
std::vector<Quantity> grey_level_run_length();
std::vector<Quantity> grey_level_size_zone();
std::vector<Quantity> grey_level_distance_zone();
std::vector<Quantity> grey_tone_difference();
std::vector<Quantity> grey_level_dependence();

// What a lesion of a reading is described by.
Quantity maximum();                   ///< 84IY
Quantity mean();                      ///< Q4LE
Quantity coefficient_of_variation();  ///< 7TET
Quantity asphericity();               ///< 25C7
Quantity peak_global();               ///< 0F91
Quantity peak_local();                ///< VJGA
Quantity volume();                    ///< YEKZ
Quantity total_uptake();              ///< total lesion uptake
Quantity longest_diameter();          ///< L0JK
Quantity longest_axial_diameter();

}  // namespace netpet::measure
