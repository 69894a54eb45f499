#pragma once

#include "anatomy/organ_map.h"
#include "base/resources.h"
#include "base/run.h"
#include "image/volume.h"
#include "record/tracer.h"

namespace netpet::pipeline {

/// The scan of which an organ map was made; one of the two may be null.
struct MappedScan {
  const image::CtVolume* ct;
  const image::PetVolume* suv;
  record::Role role;
};

/// Adds the regions of organs that the program has no label for to its own map, with their confidence, and
/// says which were not found (`organ_not_found`).
void add_regions(anatomy::OrganMap& map, const MappedScan& scan, const base::Resources& resources,
                 const base::Run& run);

}  // namespace netpet::pipeline
