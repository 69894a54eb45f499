#pragma once

#include <filesystem>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::pipeline {

/// The CT (HU) of a place: a NIfTI file, or a folder that holds one CT series. Refuses `no_ct_series`,
/// `several_ct_series`, and what reading refuses.
image::CtVolume read_ct_at(const std::filesystem::path& place, const base::Run& run);

/// The PET or SPECT (any linear unit, as stored) of a place: a NIfTI file, or a folder that holds one such
/// series. Refuses `no_pet`, `several_pet_series`, and what reading refuses.
image::PetVolume read_pet_at(const std::filesystem::path& place, const base::Run& run);

}  // namespace netpet::pipeline
