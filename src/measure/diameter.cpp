#include "image/diameter.h"

#include "measure/quantity.h"

namespace netpet::measure {

Quantity longest_diameter() {
  return {"L0JK",
          "maximum_3d_diameter",
          "morphology",
          "mm",
          "Largest distance between two points of the region's surface, which crosses half-way between a "
          "voxel of the "
          "region and its neighbour outside.",
          "at least one voxel",
          "Zwanenburg et al., Radiology 2020;295:328 (IBSI)",
          [](const Measured& m) { return image::longest_diameter_mm(m.image.geometry(), m.region); }};
}

Quantity longest_axial_diameter() {
  return {"longest_axial_diameter",
          "longest_axial_diameter",
          "morphology",
          "mm",
          "The same distance within one slice of the image, the longest over all slices.",
          "at least one voxel; slices as the image has them",
          "RECIST 1.1: Eisenhauer et al., Eur J Cancer 2009;45:228",
          [](const Measured& m) { return image::longest_axial_diameter_mm(m.image.geometry(), m.region); }};
}

}  // namespace netpet::measure
