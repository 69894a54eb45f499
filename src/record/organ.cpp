#include "record/organ.h"

namespace netpet::record {

bool is_bone(std::uint16_t id) {
  const auto between = [id](Organ first, Organ last) { return id >= id_of(first) && id <= id_of(last); };
  return between(Organ::sacrum, Organ::vertebra_c1) || between(Organ::humerus_left, Organ::hip_right) ||
         between(Organ::skull, Organ::sternum) || between(Organ::ribs_right, Organ::leg_left) ||
         id == id_of(Organ::bone) || id == id_of(Organ::spine);
}

bool is_lung(std::uint16_t id) {
  return (id >= id_of(Organ::lung_upper_lobe_left) && id <= id_of(Organ::lung_lower_lobe_right)) ||
         id == id_of(Organ::lung_left) || id == id_of(Organ::lung_right);
}

bool is_kidney(std::uint16_t id) {
  return id == id_of(Organ::kidney_right) || id == id_of(Organ::kidney_left);
}

bool is_region(std::uint16_t id) {
  return id >= id_of(Organ::adrenal_region_right) && id <= id_of(Organ::prostate_or_uterus_region);
}

std::string_view name_of(Organ organ) {
  switch (organ) {
    case Organ::none:
      return "none";
    case Organ::spleen:
      return "spleen";
    case Organ::kidney_right:
      return "right kidney";
    case Organ::kidney_left:
      return "left kidney";
    case Organ::gallbladder:
      return "gallbladder";
    case Organ::liver:
      return "liver";
    case Organ::stomach:
      return "stomach";
    case Organ::pancreas:
      return "pancreas";
    case Organ::adrenal_right:
      return "right adrenal";
    case Organ::adrenal_left:
      return "left adrenal";
    case Organ::oesophagus:
      return "oesophagus";
    case Organ::trachea:
      return "trachea";
    case Organ::thyroid:
      return "thyroid";
    case Organ::small_bowel:
      return "small bowel";
    case Organ::duodenum:
      return "duodenum";
    case Organ::colon:
      return "colon";
    case Organ::bladder:
      return "bladder";
    case Organ::prostate:
      return "prostate";
    case Organ::heart:
      return "heart";
    case Organ::aorta:
      return "aorta";
    case Organ::inferior_vena_cava:
      return "inferior vena cava";
    case Organ::brain:
      return "brain";
    case Organ::pituitary:
      return "pituitary";
    case Organ::parotid_right:
      return "right parotid gland";
    case Organ::parotid_left:
      return "left parotid gland";
    case Organ::submandibular_right:
      return "right submandibular gland";
    case Organ::submandibular_left:
      return "left submandibular gland";
    case Organ::uncinate_process:
      return "uncinate process";
    case Organ::ureter_right:
      return "right ureter";
    case Organ::ureter_left:
      return "left ureter";
    case Organ::muscle:
      return "muscle";
    case Organ::spine:
      return "spine";
    case Organ::sacrum:
      return "sacrum";
    case Organ::humerus_left:
      return "left humerus";
    case Organ::humerus_right:
      return "right humerus";
    case Organ::scapula_left:
      return "left scapula";
    case Organ::scapula_right:
      return "right scapula";
    case Organ::clavicle_left:
      return "left clavicle";
    case Organ::clavicle_right:
      return "right clavicle";
    case Organ::femur_left:
      return "left femur";
    case Organ::femur_right:
      return "right femur";
    case Organ::hip_left:
      return "left hip bone";
    case Organ::hip_right:
      return "right hip bone";
    case Organ::skull:
      return "skull";
    case Organ::sternum:
      return "sternum";
    case Organ::costal_cartilages:
      return "costal cartilage";
    case Organ::ribs_right:
      return "right ribs";
    case Organ::ribs_left:
      return "left ribs";
    case Organ::shoulder_right:
      return "bone of the right shoulder";
    case Organ::shoulder_left:
      return "bone of the left shoulder";
    case Organ::arm_right:
      return "bone of the right arm";
    case Organ::arm_left:
      return "bone of the left arm";
    case Organ::leg_right:
      return "bone of the right leg";
    case Organ::leg_left:
      return "bone of the left leg";
    case Organ::gut:
      return "stomach or bowel";
    case Organ::adrenal_region_right:
      return "right adrenal region";
    case Organ::adrenal_region_left:
      return "left adrenal region";
    case Organ::pituitary_region:
      return "pituitary region";
    case Organ::thyroid_region:
      return "thyroid region";
    case Organ::salivary_region_right:
      return "right salivary gland region";
    case Organ::salivary_region_left:
      return "left salivary gland region";
    case Organ::pancreas_region:
      return "pancreas region";
    case Organ::uncinate_region:
      return "uncinate process region";
    case Organ::prostate_or_uterus_region:
      return "prostate or uterus region";
    default:
      break;
  }
  if (is_bone(id_of(organ))) return "bone";
  if (is_lung(id_of(organ))) return "lung";
  if (organ == Organ::kidney_cyst_left || organ == Organ::kidney_cyst_right) return "kidney cyst";
  if (organ == Organ::gluteus_maximus_left || organ == Organ::gluteus_maximus_right) return "muscle";
  if (organ == Organ::spinal_cord) return "spinal cord";
  return "other organ";
}

}  // namespace netpet::record
