#pragma once

#include "dicom/attributes.h"
#include "dicom/instance.h"
#include "record/pet_header.h"

namespace netpet::dicom {

/// The attributes that decide the SUV of a PET series, from its first slice; `slices` stay empty.
record::PetHeader pet_header_of(const Instance& instance, const Attributes& attributes);
/// What one slice says for itself.
record::PetSlice pet_slice_of(const Instance& instance, const Attributes& attributes);

}  // namespace netpet::dicom
