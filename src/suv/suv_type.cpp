#include "suv/suv_type.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace netpet::suv {
namespace {

constexpr std::array<std::pair<SuvType, std::string_view>, 6> type_names{
    {{SuvType::bw, "bw"},
     {SuvType::lbm_janma, "lbm-janma"},
     {SuvType::lbm_james128, "lbm-james128"},
     {SuvType::lbm_james120, "lbm-james120"},
     {SuvType::bsa, "bsa"},
     {SuvType::ibw, "ibw"}}};

/// James' lean mass in kg is `share` · W − `loss` · (W/H)².
struct James {
  double share;
  double loss;
};
James james_of(SuvType type, Sex sex) {
  if (sex == Sex::female) return {1.07, 148};
  return {1.10, type == SuvType::lbm_james120 ? 120.0 : 128.0};
}

/// In kg, for one sex.
double lean_mass_janmahasatian(Sex sex, double weight_kg, double bmi) {
  return sex == Sex::male ? 9270 * weight_kg / (6680 + 216 * bmi) : 9270 * weight_kg / (8780 + 244 * bmi);
}

double ideal_mass(Sex sex, double height_cm) {
  return sex == Sex::male ? 48.0 + 1.06 * (height_cm - 152) : 45.5 + 0.91 * (height_cm - 152);
}

bool is_james(SuvType type) {
  return type == SuvType::lbm_james128 || type == SuvType::lbm_james120;
}

}  // namespace

std::string_view name_of(SuvType type) {
  for (const auto& [one, name] : type_names)
    if (one == type) return name;
  return {};
}

std::optional<SuvType> suv_type_named(std::string_view name) {
  for (const auto& [one, its_name] : type_names)
    if (its_name == name) return one;
  return std::nullopt;
}

std::string_view unit_of(SuvType type) {
  return type == SuvType::bsa ? "cm2/mL" : "g/mL";
}

double normaliser(SuvType type, Sex sex, double weight_kg, double height_m) {
  constexpr double g_per_kg = 1000, cm2_per_m2 = 1e4;
  if (type == SuvType::bw) return weight_kg * g_per_kg;
  const double height_cm = height_m * 100;
  if (type == SuvType::bsa)
    return 0.007184 * std::pow(weight_kg, 0.425) * std::pow(height_cm, 0.725) * cm2_per_m2;
  if (sex == Sex::unknown)
    return (normaliser(type, Sex::male, weight_kg, height_m) +
            normaliser(type, Sex::female, weight_kg, height_m)) /
           2;
  if (type == SuvType::ibw) return ideal_mass(sex, height_cm) * g_per_kg;
  if (type == SuvType::lbm_janma)
    return lean_mass_janmahasatian(sex, weight_kg, weight_kg / (height_m * height_m)) * g_per_kg;
  const James james = james_of(type, sex);
  const double ratio = weight_kg / height_cm;
  return (james.share * weight_kg - james.loss * ratio * ratio) * g_per_kg;
}

bool needs_sex(SuvType type) {
  return type != SuvType::bw && type != SuvType::bsa;
}

std::optional<double> highest_sound_bmi(SuvType type, Sex sex) {
  if (!is_james(type)) return std::nullopt;
  if (sex == Sex::unknown)
    return std::min(*highest_sound_bmi(type, Sex::male), *highest_sound_bmi(type, Sex::female));
  const James james = james_of(type, sex);
  return james.share * 1e4 / (2 * james.loss);
}

}  // namespace netpet::suv
