#pragma once

#include "anatomy/organ_map.h"

namespace netpet::anatomy {

/// Liver, spleen and kidneys of a map (FDG) where those of another study of the patient (SSTR, on which they
/// stand apart by uptake) lie after the registration: a voxel of them that the other map gives to none is
/// theirs no more, unless it lies within `error_mm` of the same organ there. All other labels stay. Organs
/// that the other map lacks stay as they are. `to_other` takes the patient space of `own` to that of `other`.
OrganMap with_organs_of(OrganMap own, const OrganMap& other, const space::Transform& to_other,
                        double error_mm, const base::Run& run);

}  // namespace netpet::anatomy
