#pragma once

#include "anatomy/organ_map.h"
#include "image/volume.h"
#include "record/tracer.h"

namespace netpet::anatomy {

/// Below this confidence an organ is left out.
constexpr double least_organ_confidence = 0.3;

/// Finds organs without a supplied map: lungs, bones, brain, heart, descending aorta, liver, spleen, kidneys,
/// bladder, from general anatomy, CT density (HU) and the tracer's rank of organs (SUV). A coarse map
/// on its own grid of about 4 mm, axes along LPS, in the patient space that CT and PET share. Without a CT
/// (`ct` null) only liver, spleen, kidneys, bladder and, on FDG, brain are tried, with low confidence;
/// vessels and heart do not stand out enough to stand for the blood pool. Each organ carries a confidence;
/// one below `least_organ_confidence` is left out and `organ_not_found` says so; `organs_automatic` is always
/// warned of. A lesion inside an organ belongs to the organ's shape. Any orientation of the inputs will do.
OrganMap segment_organs(const image::CtVolume* ct, const image::PetVolume* suv, record::Role role,
                        const base::Run& run);

}  // namespace netpet::anatomy
