#pragma once

#include "base/run.h"
#include "image/volume.h"

namespace netpet::anatomy {

/// Takes out of the labels of spleen and kidneys what is a hot focus of its own beside them (a tumour of the
/// pancreatic tail, a node, an accessory spleen), so that it is judged like any other uptake: on the way from
/// its top to the organ the uptake falls and rises again, and it hangs on the organ by a neck. All lie in one
/// patient space; `suv` is that of an SSTR scan.
void free_foci(image::LabelMap& labels, const image::CtVolume& ct, const image::PetVolume& suv,
               const base::Run& run);

}  // namespace netpet::anatomy
