#pragma once

#include <cstdint>
#include <string_view>

namespace netpet::record {

/// Organs by number. 1–117 are the ids of TotalSegmentator v2 (task "total"); from 200 on our own, for what
/// that task does not label. An organ map holds these numbers; a number that is not named here is still valid
/// (a muscle, a vessel) and counts as "some organ that explains no uptake".
enum class Organ : std::uint16_t {
  none = 0,
  spleen = 1,
  kidney_right = 2,
  kidney_left = 3,
  gallbladder = 4,
  liver = 5,
  stomach = 6,
  pancreas = 7,
  adrenal_right = 8,
  adrenal_left = 9,
  lung_upper_lobe_left = 10,
  lung_lower_lobe_left = 11,
  lung_upper_lobe_right = 12,
  lung_middle_lobe_right = 13,
  lung_lower_lobe_right = 14,
  oesophagus = 15,
  trachea = 16,
  thyroid = 17,
  small_bowel = 18,
  duodenum = 19,
  colon = 20,
  bladder = 21,
  prostate = 22,
  kidney_cyst_left = 23,
  kidney_cyst_right = 24,
  sacrum = 25,
  vertebra_s1 = 26,
  vertebra_l5 = 27,
  vertebra_l4 = 28,
  vertebra_l3 = 29,
  vertebra_l2 = 30,
  vertebra_l1 = 31,
  vertebra_t12 = 32,
  vertebra_t1 = 43,
  vertebra_c7 = 44,
  vertebra_c1 = 50,
  heart = 51,
  aorta = 52,
  inferior_vena_cava = 63,
  humerus_left = 69,
  humerus_right = 70,
  scapula_left = 71,
  scapula_right = 72,
  clavicle_left = 73,
  clavicle_right = 74,
  femur_left = 75,
  femur_right = 76,
  hip_left = 77,
  hip_right = 78,
  spinal_cord = 79,
  gluteus_maximus_left = 80,
  gluteus_maximus_right = 81,
  brain = 90,
  skull = 91,
  rib_left_1 = 92,
  rib_right_12 = 115,
  sternum = 116,
  costal_cartilages = 117,
  pituitary = 201,
  parotid_right = 202,
  parotid_left = 203,
  submandibular_right = 204,
  submandibular_left = 205,
  uncinate_process = 206,
  ureter_right = 207,
  ureter_left = 208,
  muscle = 209,
  bone = 210,
  lung_left = 211,  ///< a whole lung, where its lobes are not told apart
  lung_right = 212,
  spine = 213,  ///< vertebrae, where they are not told apart
  gut = 214,    ///< stomach or bowel, where they are not told apart
  // Where an organ usually lies, not the organ: no uptake is judged by these.
  adrenal_region_right = 220,
  adrenal_region_left = 221,
  pituitary_region = 222,
  thyroid_region = 223,
  salivary_region_right = 224,
  salivary_region_left = 225,
  pancreas_region = 226,
  uncinate_region = 227,
  prostate_or_uterus_region = 228,
  // Bones by region, where they are not told apart.
  ribs_right = 230,
  ribs_left = 231,
  shoulder_right = 232,  ///< shoulder blade, collar bone, upper end of the humerus
  shoulder_left = 233,
  arm_right = 234,
  arm_left = 235,
  leg_right = 236,
  leg_left = 237,
};

constexpr std::uint16_t id_of(Organ organ) {
  return static_cast<std::uint16_t>(organ);
}

/// Vertebrae, sacrum, ribs, skull, long and flat bones, or our own `bone`, `spine` and bones by region.
bool is_bone(std::uint16_t organ_id);
bool is_lung(std::uint16_t organ_id);
bool is_kidney(std::uint16_t organ_id);
/// The place of an organ that the program has no label for.
bool is_region(std::uint16_t organ_id);
/// A short English name ("liver", "right kidney", "bone"); "other organ" for an id without a name.
std::string_view name_of(Organ organ);

}  // namespace netpet::record
