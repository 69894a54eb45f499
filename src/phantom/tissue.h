#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/resources.h"

namespace netpet::phantom {

/// The tissues of the simulated body, in the order of their names in data/phantom_tissues.json.
enum class Tissue : std::uint8_t {
  air,
  skin,
  fat,
  muscle,
  soft,
  lung,
  airway,
  blood,
  myocardium,
  liver,
  bile,
  spleen,
  kidney_cortex,
  kidney_medulla,
  urine_upper,
  urine_bladder,
  adrenal,
  pancreas,
  uncinate,
  stomach_wall,
  stomach_content,
  bowel_wall,
  bowel_content,
  gas,
  brain_grey,
  brain_white,
  csf,
  pituitary,
  salivary,
  submandibular,
  tonsil,
  thyroid,
  marrow,
  fatty_marrow,
  cortical_bone,
  cartilage,
  disc,
  cord,
  prostate,
  uterus,
  vessel_wall,
  ascites,
  metal,
  count
};

/// What one tissue is for the two scanners. Attenuation in HU, uptake as SUV of the tissue itself, before
/// blurring.
struct TissueValues {
  double hu = 0;
  double hu_contrast = 0;  ///< portal-venous phase
  double hu_texture = 0;   ///< standard deviation of the structure within the tissue
  double sstr = 0;
  double fdg = 0;
  double spread = 0;  ///< standard deviation of the logarithm of the patient's own factor
};

/// By `static_cast<size_t>(Tissue)`.
using TissueTable = std::array<TissueValues, static_cast<std::size_t>(Tissue::count)>;

std::optional<Tissue> tissue_of(std::string_view name);

/// Reads data/phantom_tissues.json. Refuses an unknown, missing or doubled tissue and negative uptake
/// (`rules_malformed`).
TissueTable read_tissues(const base::Resources& resources);

}  // namespace netpet::phantom
