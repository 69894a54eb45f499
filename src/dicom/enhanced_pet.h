#pragma once

#include <string>
#include <vector>

#include "dicom/attributes.h"
#include "dicom/instance.h"
#include "record/pet_header.h"

/// Enhanced PET says with attributes of its own what classic PET says with others. Here they become the terms
/// of classic PET, so that one rule serves both. [DICOM PS3.3 C.8.22]
namespace netpet::dicom {

/// (0028,0051) of classic PET, or the terms of the flags (0018,9758) … (0018,9768) that are YES.
std::vector<std::string> corrections_of(const Attributes& attributes);

/// Takes units and rescaling from the real world value mapping where (0054,1001) is missing: activity per
/// volume before SUV before anything else. Names why it cannot in `instance.refusal`
/// (`mapping_not_supported`).
void take_units_of_mapping(Instance& instance, const Attributes& attributes);

/// Fills in what Enhanced PET says in other attributes or units than classic PET: decay correction, the
/// administered activity in Bq, the agent of the frame, reconstruction and attenuation correction.
void read_enhanced(record::PetHeader& header, const Instance& instance, const Attributes& attributes);

}  // namespace netpet::dicom
