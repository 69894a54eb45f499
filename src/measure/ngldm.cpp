#include "measure/level_matrix_features.h"
#include "measure/texture_quantities.h"

namespace netpet::measure {

namespace {

using namespace level_matrix;

/// i: grey level, j: number of equal neighbours + 1; N voxels.
constexpr Row kRows[] = {
    {"SODN", "low_dependence_emphasis", "ngl_lde", "1", "Σ p / j².", small_emphasis},
    {"IMOQ", "high_dependence_emphasis", "ngl_hde", "1", "Σ p j².", large_emphasis},
    {"TL9H", "low_grey_level_count_emphasis", "ngl_lgce", "1", "Σ p / i².", low_level_emphasis},
    {"OAE7", "high_grey_level_count_emphasis", "ngl_hgce", "1", "Σ p i².", high_level_emphasis},
    {"EQ3F", "low_dependence_low_grey_level_emphasis", "ngl_ldlge", "1", "Σ p / (i² j²).",
     small_low_emphasis},
    {"JA6D", "low_dependence_high_grey_level_emphasis", "ngl_ldhge", "1", "Σ p i² / j².",
     small_high_emphasis},
    {"NBZI", "high_dependence_low_grey_level_emphasis", "ngl_hdlge", "1", "Σ p j² / i².", large_low_emphasis},
    {"9QMG", "high_dependence_high_grey_level_emphasis", "ngl_hdhge", "1", "Σ p i² j².", large_high_emphasis},
    {"FP8K", "grey_level_non_uniformity", "ngl_glnu", "1", "Σ_i (Σ_j n)² / N.", level_non_uniformity},
    {"5SPA", "normalised_grey_level_non_uniformity", "ngl_glnu_norm", "1", "Σ_i (Σ_j n)² / N².",
     normalised_level_non_uniformity},
    {"Z87G", "dependence_count_non_uniformity", "ngl_dcnu", "1", "Σ_j (Σ_i n)² / N.", other_non_uniformity},
    {"OKJI", "normalised_dependence_count_non_uniformity", "ngl_dcnu_norm", "1", "Σ_j (Σ_i n)² / N².",
     normalised_other_non_uniformity},
    {"6XV8", "dependence_count_percentage", "ngl_dc_perc", "1", "N / number of voxels.", percentage},
    {"1PFV", "grey_level_variance", "ngl_gl_var", "1", "Variance of i.", level_variance},
    {"DNX2", "dependence_count_variance", "ngl_dc_var", "1", "Variance of j.", other_variance},
    {"FCBV", "dependence_count_entropy", "ngl_dc_entr", "bit", "−Σ p log2 p.", entropy},
    {"CAS9", "dependence_count_energy", "ngl_dc_energy", "1", "Σ p².", energy}};

}  // namespace

std::vector<Quantity> grey_level_dependence() {
  const TextureFamily<NeighbourMatrices, LevelMatrix NeighbourMatrices::*> family{
      "neighbouring grey level dependence matrix", kLevels, aggregations_without_directions(),
      &Measured::neighbours, &NeighbourMatrices::dependence};
  return texture_quantities(family, kRows);
}

}  // namespace netpet::measure
