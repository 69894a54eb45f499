#pragma once

#include <optional>
#include <vector>

#include "anatomy/scene.h"
#include "anatomy/segment.h"
#include "record/organ.h"

namespace netpet::anatomy {

/// One organ that was found, on the grid of the scene.
struct FoundOrgan {
  record::Organ organ;
  image::Mask mask;
  double confidence = 0;  ///< 0 … 1
  bool is_graft = false;  ///< a kidney that somebody put there
};

/// How the liver looks in this patient: the yardstick for every other organ.
struct LiverLook {
  image::Mask seeds;  ///< surely liver: below the right dome
  double hu = 0;      ///< median; 0 without a CT
  double suv = 0;     ///< median
};

/// The height (z, mm) of the diaphragm in each column of the scene: the base of the lung, carried on under
/// the heart and the hila by averaging neighbours; NaN where nothing is known, the height of the domes
/// everywhere where the scan does not show the lungs.
std::vector<double> diaphragm_of(const Scene& scene, const Landmarks& marks, const base::Run& run);

/// 1 for a volume within its usual range, falling to 0 at half the least and twice the most.
double volume_confidence(double volume_ml, double least_ml, double most_ml);

/// The liver under the right dome of the diaphragm; absent where the CT shows no lungs or no soft tissue
/// there.
std::optional<LiverLook> look_at_liver(const Scene& scene, const Landmarks& marks);

/// Organs by CT and PET together. Each search returns nothing where it finds nothing of sense.
std::vector<FoundOrgan> find_spleen_and_kidneys(const Scene& scene, const Landmarks& marks,
                                                const LiverLook& liver, const base::Run& run);
/// A transplanted kidney in an iliac fossa, on SSTR with a CT: to be asked where neither kidney is at its
/// place. `others` are left out of it.
std::optional<FoundOrgan> find_kidney_graft(const Scene& scene, const Landmarks& marks, double liver_suv,
                                            const std::vector<FoundOrgan>& others, const base::Run& run);
std::optional<FoundOrgan> find_liver(const Scene& scene, const Landmarks& marks, const LiverLook& look,
                                     const std::vector<FoundOrgan>& neighbours, const base::Run& run);
/// Liver, kidneys and spleen by the CT alone, with or without contrast medium: markers at their places spread
/// through soft tissue by density and thickness against those of muscle and bowel.
std::vector<FoundOrgan> find_abdomen_by_ct(const Scene& scene, const Landmarks& marks, const base::Run& run);
std::optional<FoundOrgan> find_brain(const Scene& scene, const Landmarks& marks, const base::Run& run);
std::optional<FoundOrgan> find_heart(const Scene& scene, const Landmarks& marks, const base::Run& run);
/// The windpipe from the larynx to the carina.
std::optional<FoundOrgan> find_trachea(const Scene& scene, const Landmarks& marks);
/// The corridor of the oesophagus between spine, windpipe and heart, from the cricoid cartilage to below
/// the diaphragm, without `neighbours`: small nodes there are in it.
std::optional<FoundOrgan> find_oesophagus(const Scene& scene, const Landmarks& marks,
                                          const std::vector<FoundOrgan>& neighbours, const base::Run& run);
/// Gluteal muscle behind the hip joints, on both sides, where a reference for muscle is measured: what is met
/// first from behind. Nothing without the joints.
std::optional<FoundOrgan> find_muscle(const Scene& scene, const Landmarks& marks, const base::Run& run);
/// The bones by region: skull, spine with sacrum, breastbone, ribs, shoulders, arms, hip bones, legs;
/// `bone` where no landmark tells the region.
std::vector<FoundOrgan> divide_bones(const Scene& scene, const Landmarks& marks, const base::Run& run);
/// Where stomach and bowel lie: what is neither fat nor one of `neighbours` within the abdominal wall, below
/// the diaphragm. A region, not a shape: vessels and nodes thicker than a bowel wall are in it.
std::optional<FoundOrgan> find_gut(const Scene& scene, const Landmarks& marks,
                                   const std::vector<FoundOrgan>& neighbours, const base::Run& run);
std::optional<FoundOrgan> find_aorta(const Scene& scene, const Landmarks& marks, const base::Run& run);
/// `liver_suv` and `dome_z_mm` from whichever search found the liver.
std::optional<FoundOrgan> find_bladder(const Scene& scene, const Landmarks& marks, double liver_suv,
                                       double dome_z_mm, const base::Run& run);

/// Liver, spleen, kidneys, bladder and (FDG) brain from uptake and position alone.
std::vector<FoundOrgan> find_organs_from_pet(const Scene& scene, const Landmarks& marks,
                                             const base::Run& run);

}  // namespace netpet::anatomy
