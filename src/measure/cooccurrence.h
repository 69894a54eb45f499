#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "measure/discretise.h"

namespace netpet::measure {

/// A step between voxels.
using Direction = std::array<int, 3>;

/// The 4 directions of a slice or the 13 of a volume (IBSI: distance 1 by the Chebyshev norm), one of each
/// opposite pair.
const std::vector<Direction>& slice_directions();
const std::vector<Direction>& volume_directions();

/// How often two grey levels stand next to each other: the symmetric grey level co-occurrence matrix, its
/// upper half, what is not 0.
struct Cooccurrence {
  struct Pair {
    std::int32_t low, high;  ///< low ≤ high
    double count;            ///< pairs of neighbours
  };
  std::vector<Pair> pairs;  ///< sorted
  double total = 0;
  int levels = 0;

  void merge(const Cooccurrence& other);
};

Cooccurrence cooccurrence(const LevelBlock& block, Slab slab, Direction direction);

/// What the features are formed from: the matrix as probabilities, and its marginals.
struct CooccurrenceSums {
  explicit CooccurrenceSums(const Cooccurrence& matrix);

  std::vector<Cooccurrence::Pair> joint;  ///< `count` is the probability of both orders together
  std::vector<double> marginal;           ///< of level i at [i]
  std::vector<double> difference;         ///< of |i − j| = k at [k]
  std::vector<double> sum;                ///< of i + j = k at [k]
  int levels;
  double mean = 0, variance = 0;
  double entropy = 0;           ///< of the joint distribution, bits
  double marginal_entropy = 0;  ///< bits
};

/// −Σ p log2 p.
double entropy_bits(const std::vector<double>& probabilities);

}  // namespace netpet::measure
