#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/computed.h"
#include "image/volume.h"

namespace netpet::measure {

/// What a quantity is measured on: an image and voxels of its grid, sorted.
struct Measured {
  const image::PetVolume& image;
  const image::Region& region;
};

/// One quantity of a region, as it names itself. The unit "SUV" stands for the unit of the image (g/mL for
/// SUVbw).
struct Quantity {
  std::string id;          ///< four-character IBSI code, or our own name where IBSI has none
  std::string name;        ///< IBSI's name, snake_case
  std::string family;      ///< IBSI's feature family
  std::string unit;        ///< UCUM
  std::string definition;  ///< one sentence with the formula
  std::string needs;       ///< "at least one voxel"
  std::string source;      ///< publication
  std::function<base::Computed<double>(const Measured&)> measure;
};

/// The visible list of all quantities, in the order of the report. Refuses (our bug) an entry without id,
/// unit, definition, need or source, and two entries with one id.
std::vector<Quantity> all_quantities();

/// The same check for any list; throws Error of kind internal.
std::vector<Quantity> checked(std::vector<Quantity> quantities);

// One file each: its definition stands there.
Quantity maximum();           ///< 84IY
Quantity mean();              ///< Q4LE
Quantity peak_global();       ///< 0F91
Quantity peak_local();        ///< VJGA
Quantity volume();            ///< YEKZ
Quantity total_uptake();      ///< total lesion uptake
Quantity longest_diameter();  ///< L0JK
Quantity longest_axial_diameter();

}  // namespace netpet::measure
