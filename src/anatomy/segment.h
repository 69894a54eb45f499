#pragma once

#include "anatomy/organ_map.h"
#include "image/volume.h"
#include "record/tracer.h"

namespace netpet::anatomy {

/// Below this confidence an organ is left out.
constexpr double least_organ_confidence = 0.3;

/// Finds organs without a supplied map: lungs, windpipe, bones by region, brain, heart, descending and
/// abdominal aorta, liver, spleen, kidneys, bladder, gut, from general anatomy, CT density (HU) and, where
/// there is a PET, the tracer's rank of organs (SUV). The map lies in the patient space that CT and PET
/// share, its axes along LPS: at 2 mm within the body with a CT, at 4 mm without. Where the scan ends below
/// the domes of the diaphragm their height is told from the iliac crests. Without a CT (`ct` null) only
/// liver, spleen, kidneys, bladder and, on FDG, brain are tried, with low confidence; vessels and heart do
/// not stand out enough to stand for the blood pool. Without a PET (`suv` null) `role` means nothing and the
/// bladder is not looked for. One of the two must be given. Each organ carries a confidence; one below
/// `least_organ_confidence` is left out and `organ_not_found` says so; `organs_automatic` is always warned
/// of. A lesion inside an organ belongs to the organ's shape; on SSTR a hot focus beside spleen or kidney has
/// no label, so that it is judged like any other uptake. Any orientation of the inputs will do.
OrganMap segment_organs(const image::CtVolume* ct, const image::PetVolume* suv, record::Role role,
                        const base::Run& run);

}  // namespace netpet::anatomy
