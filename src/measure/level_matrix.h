#pragma once

#include <cstdint>
#include <vector>

#include "measure/cooccurrence.h"
#include "measure/discretise.h"

namespace netpet::measure {

/// A matrix of grey levels against another whole number: the length of a run, the size of a zone, its
/// distance from the border, the number of equal neighbours. What is not 0, sorted.
struct LevelMatrix {
  struct Entry {
    std::int32_t level;
    std::int64_t other;  ///< from 1
    double count;
  };
  std::vector<Entry> entries;
  double voxels = 0;  ///< that the matrix was formed from; once for each direction

  void merge(const LevelMatrix& other);
};

/// Counts equal (level, other).
class LevelMatrixBuilder {
 public:
  void add(std::int32_t level, std::int64_t other) { found_.push_back({level, other, 1}); }
  void add_voxels(std::size_t voxels) { voxels_ += static_cast<double>(voxels); }
  LevelMatrix build();

 private:
  std::vector<LevelMatrix::Entry> found_;
  double voxels_ = 0;
};

/// Runs of one level along a direction (grey level run length matrix).
LevelMatrix run_lengths(const LevelBlock& block, Slab slab, Direction direction);

/// Zones of one level by their size and by their distance from the border of the morphological region, in
/// steps over faces, 1 at the border. Within a slice zones join over 8 neighbours, in a volume over 26.
struct ZoneMatrices {
  LevelMatrix sizes;      ///< grey level size zone matrix
  LevelMatrix distances;  ///< grey level distance zone matrix

  void merge(const ZoneMatrices& other) {
    sizes.merge(other.sizes);
    distances.merge(other.distances);
  }
};
ZoneMatrices zones(const LevelBlock& block, Slab slab);

/// Each voxel against its neighbours at Chebyshev distance 1.
struct NeighbourMatrices {
  LevelMatrix
      dependence;  ///< neighbouring grey level dependence matrix, coarseness α = 0: itself and its equals
  /// Neighbourhood grey tone difference matrix, of the voxels that have a neighbour, by level.
  struct Tone {
    double voxels = 0;      ///< n_i
    double difference = 0;  ///< s_i: sum of |level − mean of the neighbours|
  };
  std::vector<Tone> tones;  ///< at [level]

  void merge(const NeighbourMatrices& other);
};
NeighbourMatrices neighbours(const LevelBlock& block, Slab slab);

}  // namespace netpet::measure
