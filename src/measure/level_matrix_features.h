#pragma once

#include "measure/level_matrix.h"

/// What the matrices of grey level i against a whole number j have in common: n(i,j) counts of `N` in all,
/// p(i,j) = n(i,j) / N. Each refuses (our bug) a matrix of nothing.
namespace netpet::measure::level_matrix {

/// One feature of such a matrix: IBSI's id, name and tag, unit and formula.
struct Row {
  const char *id, *name, *tag, *unit, *definition;
  double (*of)(const LevelMatrix&);
};

double small_emphasis(const LevelMatrix&);                   ///< Σ p / j²
double large_emphasis(const LevelMatrix&);                   ///< Σ p j²
double low_level_emphasis(const LevelMatrix&);               ///< Σ p / i²
double high_level_emphasis(const LevelMatrix&);              ///< Σ p i²
double small_low_emphasis(const LevelMatrix&);               ///< Σ p / (i² j²)
double small_high_emphasis(const LevelMatrix&);              ///< Σ p i² / j²
double large_low_emphasis(const LevelMatrix&);               ///< Σ p j² / i²
double large_high_emphasis(const LevelMatrix&);              ///< Σ p i² j²
double level_non_uniformity(const LevelMatrix&);             ///< Σ_i (Σ_j n)² / N
double normalised_level_non_uniformity(const LevelMatrix&);  ///< Σ_i (Σ_j n)² / N²
double other_non_uniformity(const LevelMatrix&);             ///< Σ_j (Σ_i n)² / N
double normalised_other_non_uniformity(const LevelMatrix&);  ///< Σ_j (Σ_i n)² / N²
double percentage(const LevelMatrix&);                       ///< N / voxels
double level_variance(const LevelMatrix&);                   ///< of i
double other_variance(const LevelMatrix&);                   ///< of j
double entropy(const LevelMatrix&);                          ///< −Σ p log2 p
double energy(const LevelMatrix&);                           ///< Σ p²

}  // namespace netpet::measure::level_matrix
