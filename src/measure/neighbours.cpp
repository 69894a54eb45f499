#include <algorithm>
#include <cmath>

#include "measure/level_matrix.h"

namespace netpet::measure {

void NeighbourMatrices::merge(const NeighbourMatrices& other) {
  dependence.merge(other.dependence);
  tones.resize(std::max(tones.size(), other.tones.size()));
  for (std::size_t level = 0; level < other.tones.size(); ++level) {
    tones[level].voxels += other.tones[level].voxels;
    tones[level].difference += other.tones[level].difference;
  }
}

NeighbourMatrices neighbours(const LevelBlock& block, Slab slab) {
  std::vector<std::ptrdiff_t> steps;
  for (const Direction& d : slab.reach == Reach::volume ? volume_directions() : slice_directions()) {
    steps.push_back(block.step(d[0], d[1], d[2]));
    steps.push_back(-steps.back());
  }
  NeighbourMatrices found;
  found.tones.resize(static_cast<std::size_t>(block.levels) + 1);
  LevelMatrixBuilder dependence;
  std::size_t voxels = 0;
  const std::size_t end = block.offset(0, 0, slab.last + 1);
  for (std::size_t at = block.offset(0, 0, slab.first); at < end; ++at) {
    const std::int32_t level = block.level[at];
    if (level == 0) continue;
    ++voxels;
    std::int64_t sum = 0, number = 0, equal = 0;
    for (const std::ptrdiff_t step : steps) {
      const std::int32_t other =
          block.level[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + step)];
      sum += other;
      number += other != 0 ? 1 : 0;
      equal += other == level ? 1 : 0;
    }
    dependence.add(level, equal + 1);
    if (number == 0) continue;  // a voxel without neighbours has no grey tone difference
    NeighbourMatrices::Tone& tone = found.tones[static_cast<std::size_t>(level)];
    tone.voxels += 1;
    tone.difference += std::abs(level - static_cast<double>(sum) / static_cast<double>(number));
  }
  dependence.add_voxels(voxels);
  found.dependence = dependence.build();
  return found;
}

}  // namespace netpet::measure
