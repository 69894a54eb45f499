#pragma once

#include <filesystem>

#include "phantom/simulate.h"

namespace netpet::phantom {

/// Whether the images without noise are written too, truth/{sstr,fdg}_noise_free.nii.gz (SUV).
enum class NoiseFree { leave, write };

/// Simulates a patient and writes both studies as DICOM and the truth: `folder`/sstr/{pet,ct}, fdg/{pet,ct},
/// truth/{truth.json,organs,lesions_sstr,lesions_fdg,displacement .nii.gz}. Everything appears at once or not
/// at all. Refuses `output_occupied` for a folder that is there and not empty, `unknown_case`,
/// `output_not_writable`.
void write_patient(const Request& request, const std::filesystem::path& folder,
                   const base::Resources& resources, const base::Run& run,
                   NoiseFree noise_free = NoiseFree::leave);

}  // namespace netpet::phantom
