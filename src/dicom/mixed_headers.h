#pragma once

#include "record/pet_header.h"

namespace netpet::dicom {

/// Refuses (`mixed_headers`) a file of a PET series whose header gives another SUV than `first` does: units,
/// corrections, body, dose, times and the maker's factors belong to the series, so two values are two series
/// in one, or an edit that stopped half-way.
void refuse_mixed_headers(const record::PetHeader& first, const record::PetHeader& one);

}  // namespace netpet::dicom
