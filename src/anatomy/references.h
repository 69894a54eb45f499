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

/// Measures normal tissue on one tracer's own grid, never in a voxel of a candidate lesion nor near one:
/// the liver in a 3 cm sphere of lowest variation in its upper right lobe, the spleen in a sphere at its
/// centre, the blood pool in the descending thoracic aorta, and marrow, pancreas, muscle, lung, brain and
/// adrenals in their core where it is large enough (data/references.json). A reference that cannot be had is
/// left out and a warning says why: `no_liver_reference`, `no_spleen_reference`, `no_blood_pool_reference`.
/// `reference_implausible` marks a mean outside the published range of diagnostic PET
/// (data/reference_ranges.json); a scan after therapy, hours to days later, has none. SD is the population's.
/// `source` goes into each reference. Refuses (our bug) maps that are not on the grid of `suv`.
ReferenceResult measure_references(const image::PetVolume& suv, const image::LabelMap& organs_on_suv_grid,
                                   const std::string& source, const image::Region& candidate_voxels,
                                   record::Role role, record::TracerClass tracer,
                                   const base::Resources& resources, const base::Run& run);

}  // namespace netpet::anatomy
