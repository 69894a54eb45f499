#include "measure/level_matrix_features.h"
#include "measure/texture_quantities.h"

namespace netpet::measure {

namespace {

using namespace level_matrix;

/// i: grey level, j: length of the run; N runs.
constexpr Row kRows[] = {
    {"22OV", "short_runs_emphasis", "rlm_sre", "1", "Σ p / j².", small_emphasis},
    {"W4KF", "long_runs_emphasis", "rlm_lre", "1", "Σ p j².", large_emphasis},
    {"V3SW", "low_grey_level_run_emphasis", "rlm_lgre", "1", "Σ p / i².", low_level_emphasis},
    {"G3QZ", "high_grey_level_run_emphasis", "rlm_hgre", "1", "Σ p i².", high_level_emphasis},
    {"HTZT", "short_run_low_grey_level_emphasis", "rlm_srlge", "1", "Σ p / (i² j²).", small_low_emphasis},
    {"GD3A", "short_run_high_grey_level_emphasis", "rlm_srhge", "1", "Σ p i² / j².", small_high_emphasis},
    {"IVPO", "long_run_low_grey_level_emphasis", "rlm_lrlge", "1", "Σ p j² / i².", large_low_emphasis},
    {"3KUM", "long_run_high_grey_level_emphasis", "rlm_lrhge", "1", "Σ p i² j².", large_high_emphasis},
    {"R5YN", "grey_level_non_uniformity", "rlm_glnu", "1", "Σ_i (Σ_j n)² / N.", level_non_uniformity},
    {"OVBL", "normalised_grey_level_non_uniformity", "rlm_glnu_norm", "1", "Σ_i (Σ_j n)² / N².",
     normalised_level_non_uniformity},
    {"W92Y", "run_length_non_uniformity", "rlm_rlnu", "1", "Σ_j (Σ_i n)² / N.", other_non_uniformity},
    {"IC23", "normalised_run_length_non_uniformity", "rlm_rlnu_norm", "1", "Σ_j (Σ_i n)² / N².",
     normalised_other_non_uniformity},
    {"9ZK5", "run_percentage", "rlm_r_perc", "1", "N / number of voxels.", percentage},
    {"8CE5", "grey_level_variance", "rlm_gl_var", "1", "Variance of i.", level_variance},
    {"SXLW", "run_length_variance", "rlm_rl_var", "1", "Variance of j.", other_variance},
    {"HJ9O", "run_entropy", "rlm_rl_entr", "bit", "−Σ p log2 p.", entropy}};

}  // namespace

std::vector<Quantity> grey_level_run_length() {
  const TextureFamily<LevelMatrix, std::identity> family{
      "grey level run length matrix", kLevels, aggregations_with_directions(), &Measured::runs, {}};
  return texture_quantities(family, kRows);
}

}  // namespace netpet::measure
