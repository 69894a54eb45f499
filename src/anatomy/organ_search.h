#pragma once

#include <optional>
#include <vector>

#include "anatomy/scene.h"
#include "record/organ.h"

namespace netpet::anatomy {

/// One organ that was found, on the grid of the scene.
struct FoundOrgan {
  record::Organ organ;
  image::Mask mask;
  double confidence = 0;  ///< 0 … 1
};

/// How the liver looks in this patient: the yardstick for every other organ.
struct LiverLook {
  image::Mask seeds;  ///< surely liver: below the right dome
  double hu = 0;      ///< median; 0 without a CT
  double suv = 0;     ///< median
};

/// 1 for a volume within its usual range, falling to 0 at half the least and twice the most.
double volume_confidence(double volume_ml, double least_ml, double most_ml);

/// The liver under the right dome of the diaphragm; absent where the CT shows no lungs or no soft tissue
/// there.
std::optional<LiverLook> look_at_liver(const Scene& scene, const Landmarks& marks);

/// Organs by CT and PET together. Each search returns nothing where it finds nothing of sense.
std::vector<FoundOrgan> find_spleen_and_kidneys(const Scene& scene, const Landmarks& marks,
                                                const LiverLook& liver, const base::Run& run);
std::optional<FoundOrgan> find_liver(const Scene& scene, const Landmarks& marks, const LiverLook& look,
                                     const std::vector<FoundOrgan>& neighbours, const base::Run& run);
std::optional<FoundOrgan> find_brain(const Scene& scene, const Landmarks& marks, const base::Run& run);
std::optional<FoundOrgan> find_heart(const Scene& scene, const Landmarks& marks, const base::Run& run);
std::optional<FoundOrgan> find_aorta(const Scene& scene, const Landmarks& marks, const base::Run& run);
/// `liver_suv` and `dome_z_mm` from whichever search found the liver.
std::optional<FoundOrgan> find_bladder(const Scene& scene, const Landmarks& marks, double liver_suv,
                                       double dome_z_mm, const base::Run& run);

/// Liver, spleen, kidneys, bladder and (FDG) brain from uptake and position alone.
std::vector<FoundOrgan> find_organs_from_pet(const Scene& scene, const Landmarks& marks,
                                             const base::Run& run);

}  // namespace netpet::anatomy
