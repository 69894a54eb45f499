#pragma once

#include <cstdint>

#include "base/run.h"
#include "image/volume.h"
#include "phantom/scene.h"

namespace netpet::phantom {

struct CtImage {
  image::CtVolume hounsfield;
  image::LabelMap organs;  ///< on every `organ_stride`-th column and row of the CT's grid
};

/// What the CT scanner shows: HU with noise of `noise_hu`, the table under the patient.
CtImage image_ct(const Scene& scene, const space::Geometry& grid, double table_y, double noise_hu,
                 int organ_stride, std::uint64_t seed, const base::Run& run);

}  // namespace netpet::phantom
