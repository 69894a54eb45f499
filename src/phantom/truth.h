#pragma once

#include <string>

#include "phantom/simulate.h"
#include "record/reference.h"

namespace netpet::phantom {

/// What a lesion shows on a noise-free image (SUVbw, g/mL).
struct LesionTruth {
  double suvmax = 0;
  double suvpeak = 0;  ///< highest mean over a sphere of 1 cm³ centred on a voxel of the lesion
  double suvmean = 0;
};

LesionTruth measure_truth(const image::PetVolume& clean, const image::Region& lesion);

/// The same of a focus inside a mass of other uptake: SUVmax and SUVpeak are those of the 1 cm³ around its
/// centre, since its edge shows the mass.
LesionTruth measure_focus_truth(const image::PetVolume& clean, const image::Region& focus,
                                space::PointLps centre);

/// Uptake of normal tissue on the noise-free image, well inside each organ and away from lesions.
record::References true_references(const SimulatedPatient& patient, const SimulatedStudy& study);

/// The volume of a lesion's tissue, mL, in the patient's own space.
double tissue_volume_ml(const SimulatedLesion& lesion);

/// The document truth.json, schema netpet-truth/1.
std::string truth_json(const SimulatedPatient& patient, const SimulatedStudy& sstr,
                       const SimulatedStudy& fdg);

}  // namespace netpet::phantom
