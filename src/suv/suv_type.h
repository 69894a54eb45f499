#pragma once

#include <optional>
#include <string_view>

namespace netpet::suv {

/// What SUV is normalised to.
enum class SuvType { bw, lbm_janma, lbm_james128, lbm_james120, bsa, ibw };

/// "bw", "lbm-janma", "lbm-james128", "lbm-james120", "bsa", "ibw".
std::string_view name_of(SuvType type);
std::optional<SuvType> suv_type_named(std::string_view name);
/// "g/mL", of the body surface "cm2/mL".
std::string_view unit_of(SuvType type);

enum class Sex { male, female, unknown };

/// SUV of a type = A[Bq/mL] · N / D[Bq]; this is N, in grams, of the body surface in cm². W in kg, H in cm,
/// BMI in kg/m²:
/// - `bw` W. `ibw` M 48.0 + 1.06 (H − 152), F 45.5 + 0.91 (H − 152).
/// - `lbm_janma` M 9270 W / (6680 + 216 BMI), F 9270 W / (8780 + 244 BMI). [Janmahasatian 2005]
/// - `lbm_james128` M 1.10 W − 128 (W/H)², F 1.07 W − 148 (W/H)². `lbm_james120` the same with 120 for M, as
///   DICOM writes it.
/// - `bsa` 0.007184 W^0.425 H^0.725 m². [Du Bois 1916]
/// Of unknown sex it is the mean of M and F. [IBSI SUV manual] Beyond their range the formulas of James and
/// of the ideal mass fall to 0 and below: the caller must look.
double normaliser(SuvType type, Sex sex, double weight_kg, double height_m);

/// Whether N depends on sex.
bool needs_sex(SuvType type);

/// The BMI above which James' lean mass falls while the body grows: the apex of the formula, 1.10 · 10⁴ / (2
/// · 128) for M. Nothing for other types.
std::optional<double> highest_sound_bmi(SuvType type, Sex sex);

}  // namespace netpet::suv
