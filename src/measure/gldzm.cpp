#include "measure/level_matrix_features.h"
#include "measure/texture_quantities.h"

namespace netpet::measure {

namespace {

using namespace level_matrix;

/// i: grey level, j: zone's distance from the border; N zones.
constexpr Row kRows[] = {
    {"0GBI", "small_distance_emphasis", "dzm_sde", "1", "Σ p / j².", small_emphasis},
    {"MB4I", "large_distance_emphasis", "dzm_lde", "1", "Σ p j².", large_emphasis},
    {"S1RA", "low_grey_level_zone_emphasis", "dzm_lgze", "1", "Σ p / i².", low_level_emphasis},
    {"K26C", "high_grey_level_zone_emphasis", "dzm_hgze", "1", "Σ p i².", high_level_emphasis},
    {"RUVG", "small_distance_low_grey_level_emphasis", "dzm_sdlge", "1", "Σ p / (i² j²).",
     small_low_emphasis},
    {"DKNJ", "small_distance_high_grey_level_emphasis", "dzm_sdhge", "1", "Σ p i² / j².",
     small_high_emphasis},
    {"A7WM", "large_distance_low_grey_level_emphasis", "dzm_ldlge", "1", "Σ p j² / i².", large_low_emphasis},
    {"KLTH", "large_distance_high_grey_level_emphasis", "dzm_ldhge", "1", "Σ p i² j².", large_high_emphasis},
    {"VFT7", "grey_level_non_uniformity", "dzm_glnu", "1", "Σ_i (Σ_j n)² / N.", level_non_uniformity},
    {"7HP3", "normalised_grey_level_non_uniformity", "dzm_glnu_norm", "1", "Σ_i (Σ_j n)² / N².",
     normalised_level_non_uniformity},
    {"V294", "zone_distance_non_uniformity", "dzm_zdnu", "1", "Σ_j (Σ_i n)² / N.", other_non_uniformity},
    {"IATH", "normalised_zone_distance_non_uniformity", "dzm_zdnu_norm", "1", "Σ_j (Σ_i n)² / N².",
     normalised_other_non_uniformity},
    {"VIWW", "zone_percentage", "dzm_z_perc", "1", "N / number of voxels.", percentage},
    {"QK93", "grey_level_variance", "dzm_gl_var", "1", "Variance of i.", level_variance},
    {"7WT1", "zone_distance_variance", "dzm_zd_var", "1", "Variance of j.", other_variance},
    {"GBDU", "zone_distance_entropy", "dzm_zd_entr", "bit", "−Σ p log2 p.", entropy}};

}  // namespace

std::vector<Quantity> grey_level_distance_zone() {
  const TextureFamily<ZoneMatrices, LevelMatrix ZoneMatrices::*> family{
      "grey level distance zone matrix", kLevels, aggregations_without_directions(), &Measured::zones,
      &ZoneMatrices::distances};
  return texture_quantities(family, kRows);
}

}  // namespace netpet::measure
