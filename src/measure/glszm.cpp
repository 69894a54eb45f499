#include "measure/level_matrix_features.h"
#include "measure/texture_quantities.h"

namespace netpet::measure {

namespace {

using namespace level_matrix;

/// i: grey level, j: size of the zone; N zones.
constexpr Row kRows[] = {
    {"5QRC", "small_zone_emphasis", "szm_sze", "1", "Σ p / j².", small_emphasis},
    {"48P8", "large_zone_emphasis", "szm_lze", "1", "Σ p j².", large_emphasis},
    {"XMSY", "low_grey_level_zone_emphasis", "szm_lgze", "1", "Σ p / i².", low_level_emphasis},
    {"5GN9", "high_grey_level_zone_emphasis", "szm_hgze", "1", "Σ p i².", high_level_emphasis},
    {"5RAI", "small_zone_low_grey_level_emphasis", "szm_szlge", "1", "Σ p / (i² j²).", small_low_emphasis},
    {"HW1V", "small_zone_high_grey_level_emphasis", "szm_szhge", "1", "Σ p i² / j².", small_high_emphasis},
    {"YH51", "large_zone_low_grey_level_emphasis", "szm_lzlge", "1", "Σ p j² / i².", large_low_emphasis},
    {"J17V", "large_zone_high_grey_level_emphasis", "szm_lzhge", "1", "Σ p i² j².", large_high_emphasis},
    {"JNSA", "grey_level_non_uniformity", "szm_glnu", "1", "Σ_i (Σ_j n)² / N.", level_non_uniformity},
    {"Y1RO", "normalised_grey_level_non_uniformity", "szm_glnu_norm", "1", "Σ_i (Σ_j n)² / N².",
     normalised_level_non_uniformity},
    {"4JP3", "zone_size_non_uniformity", "szm_zsnu", "1", "Σ_j (Σ_i n)² / N.", other_non_uniformity},
    {"VB3A", "normalised_zone_size_non_uniformity", "szm_zsnu_norm", "1", "Σ_j (Σ_i n)² / N².",
     normalised_other_non_uniformity},
    {"P30P", "zone_percentage", "szm_z_perc", "1", "N / number of voxels.", percentage},
    {"BYLV", "grey_level_variance", "szm_gl_var", "1", "Variance of i.", level_variance},
    {"3NSA", "zone_size_variance", "szm_zs_var", "1", "Variance of j.", other_variance},
    {"GU8N", "zone_size_entropy", "szm_zs_entr", "bit", "−Σ p log2 p.", entropy}};

}  // namespace

std::vector<Quantity> grey_level_size_zone() {
  const TextureFamily<ZoneMatrices, LevelMatrix ZoneMatrices::*> family{
      "grey level size zone matrix", kLevels, aggregations_without_directions(), &Measured::zones,
      &ZoneMatrices::sizes};
  return texture_quantities(family, kRows);
}

}  // namespace netpet::measure
