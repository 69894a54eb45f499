#include "measure/level_matrix.h"

#include <algorithm>

namespace netpet::measure {

namespace {

bool before(const LevelMatrix::Entry& a, const LevelMatrix::Entry& b) {
  return a.level != b.level ? a.level < b.level : a.other < b.other;
}

std::vector<LevelMatrix::Entry> counted(const std::vector<LevelMatrix::Entry>& sorted) {
  std::vector<LevelMatrix::Entry> entries;
  for (const LevelMatrix::Entry& one : sorted) {
    if (!entries.empty() && entries.back().level == one.level && entries.back().other == one.other)
      entries.back().count += one.count;
    else
      entries.push_back(one);
  }
  return entries;
}

}  // namespace

void LevelMatrix::merge(const LevelMatrix& other) {
  std::vector<Entry> both;
  both.reserve(entries.size() + other.entries.size());
  std::merge(entries.begin(), entries.end(), other.entries.begin(), other.entries.end(),
             std::back_inserter(both), before);
  entries = counted(both);
  voxels += other.voxels;
}

LevelMatrix LevelMatrixBuilder::build() {
  std::sort(found_.begin(), found_.end(), before);
  return {counted(found_), voxels_};
}

LevelMatrix run_lengths(const LevelBlock& block, Slab slab, Direction direction) {
  const std::ptrdiff_t step = block.step(direction[0], direction[1], direction[2]);
  const auto level_at = [&](std::ptrdiff_t at) { return block.level[static_cast<std::size_t>(at)]; };
  LevelMatrixBuilder runs;
  const auto end = static_cast<std::ptrdiff_t>(block.offset(0, 0, slab.last + 1));
  std::size_t voxels = 0;
  for (auto at = static_cast<std::ptrdiff_t>(block.offset(0, 0, slab.first)); at < end; ++at) {
    const std::int32_t level = level_at(at);
    if (level == 0) continue;
    ++voxels;
    if (level_at(at - step) == level) continue;  // counted from where the run begins
    std::int64_t length = 1;
    for (std::ptrdiff_t next = at + step; level_at(next) == level; next += step) ++length;
    runs.add(level, length);
  }
  runs.add_voxels(voxels);
  return runs.build();
}

}  // namespace netpet::measure
