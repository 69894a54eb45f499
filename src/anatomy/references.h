#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/reference.h"
#include "record/tracer.h"
#include "record/warning.h"

namespace netpet::anatomy {

/// Normal tissue of one tracer, and where it was measured.
struct ReferenceResult {
  record::References references;                 ///< SUV in g/mL; places in LPS of the tracer's own scan
  std::map<std::string, image::Region> regions;  ///< by the same names, voxels of the tracer's own grid
  std::vector<record::Warning> warnings;
};

/// A ball in which a reader wants the reference of an organ measured. LPS of the tracer's own scan.
struct ReaderSphere {
  std::string organ;
  space::PointLps centre;
  double radius_mm = 0;
  std::string place;  ///< in the reader's document, for messages
};

/// Measures normal tissue on one tracer's own grid, never in a voxel of a candidate lesion nor near one:
/// the liver in a 3 cm sphere of lowest variation in its upper right lobe, the spleen in a sphere at its
/// centre, the blood pool in the descending thoracic aorta, and marrow, pancreas, muscle, lung, brain and
/// adrenals in their core where it is large enough (data/references.json). A reference that cannot be had is
/// left out and a warning says why: `no_liver_reference`, `no_spleen_reference`, `no_blood_pool_reference`
/// and, where a spine is labelled as one, `no_marrow_reference`. `reference_implausible` marks a mean outside
/// the published range of diagnostic PET (data/reference_ranges.json); a scan after therapy, hours to days
/// later, has none. SD is the population's. What a reader's sphere measures stands in place of the program's
/// own choice, with the source `reader`; refuses one outside the scan (`review_place_outside`). `source` goes
/// into each other reference. Refuses (our bug) maps that are not on the grid of `suv`.
ReferenceResult measure_references(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                                   const std::string& source, const image::Region& candidate_voxels,
                                   record::Role role, record::TracerClass tracer,
                                   const std::vector<ReaderSphere>& by_reader,
                                   const base::Resources& resources, const base::Run& run);

}  // namespace netpet::anatomy
