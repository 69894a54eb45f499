#pragma once

#include <filesystem>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::pipeline {

/// The CT (HU) of a place: a NIfTI file, or a folder that holds one CT series. Refuses `no_ct_series`,
/// `several_ct_series`, and what reading refuses.
image::CtVolume read_ct_at(const std::filesystem::path& place, const base::Run& run);

}  // namespace netpet::pipeline
