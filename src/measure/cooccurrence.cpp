#include "measure/cooccurrence.h"

#include <algorithm>
#include <cmath>

namespace netpet::measure {

const std::vector<Direction>& slice_directions() {
  static const std::vector<Direction> directions{{1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {-1, 1, 0}};
  return directions;
}

const std::vector<Direction>& volume_directions() {
  static const std::vector<Direction> directions{{1, 0, 0},  {0, 1, 0},  {1, 1, 0},  {-1, 1, 0}, {0, 0, 1},
                                                 {1, 0, 1},  {-1, 0, 1}, {0, 1, 1},  {0, -1, 1}, {1, 1, 1},
                                                 {-1, 1, 1}, {1, -1, 1}, {-1, -1, 1}};
  return directions;
}

void Cooccurrence::merge(const Cooccurrence& other) {
  std::vector<Pair> both;
  both.reserve(pairs.size() + other.pairs.size());
  std::merge(pairs.begin(), pairs.end(), other.pairs.begin(), other.pairs.end(), std::back_inserter(both),
             [](const Pair& a, const Pair& b) { return a.low != b.low ? a.low < b.low : a.high < b.high; });
  pairs.clear();
  for (const Pair& one : both) {
    if (!pairs.empty() && pairs.back().low == one.low && pairs.back().high == one.high)
      pairs.back().count += one.count;
    else
      pairs.push_back(one);
  }
  total += other.total;
  levels = std::max(levels, other.levels);
}

Cooccurrence cooccurrence(const LevelBlock& block, Slab slab, Direction direction) {
  const std::ptrdiff_t step = block.step(direction[0], direction[1], direction[2]);
  const auto levels = static_cast<std::uint64_t>(block.levels) + 1;
  std::vector<std::uint64_t> keys;
  const std::size_t end = block.offset(0, 0, slab.last + 1);
  for (std::size_t at = block.offset(0, 0, slab.first); at < end; ++at) {
    const std::int32_t here = block.level[at];
    if (here == 0) continue;
    const std::int32_t there = block.level[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + step)];
    if (there == 0) continue;
    keys.push_back(static_cast<std::uint64_t>(std::min(here, there)) * levels +
                   static_cast<std::uint64_t>(std::max(here, there)));
  }
  std::sort(keys.begin(), keys.end());
  Cooccurrence matrix;
  matrix.levels = block.levels;
  matrix.total = static_cast<double>(keys.size());
  for (std::size_t one = 0; one < keys.size();) {
    std::size_t next = one;
    while (next < keys.size() && keys[next] == keys[one]) ++next;
    matrix.pairs.push_back({static_cast<std::int32_t>(keys[one] / levels),
                            static_cast<std::int32_t>(keys[one] % levels), static_cast<double>(next - one)});
    one = next;
  }
  return matrix;
}

double entropy_bits(const std::vector<double>& probabilities) {
  double bits = 0;
  for (const double p : probabilities)
    if (p > 0) bits -= p * std::log2(p);
  return bits;
}

CooccurrenceSums::CooccurrenceSums(const Cooccurrence& matrix)
    : joint(matrix.pairs),
      marginal(static_cast<std::size_t>(matrix.levels) + 1),
      difference(static_cast<std::size_t>(matrix.levels)),
      sum(2 * static_cast<std::size_t>(matrix.levels) + 1),
      levels(matrix.levels) {
  for (Cooccurrence::Pair& pair : joint) {
    const double p = pair.count /= matrix.total;
    marginal[static_cast<std::size_t>(pair.low)] += p / 2;
    marginal[static_cast<std::size_t>(pair.high)] += p / 2;
    difference[static_cast<std::size_t>(pair.high - pair.low)] += p;
    sum[static_cast<std::size_t>(pair.high + pair.low)] += p;
    const double one_order = pair.low == pair.high ? p : p / 2;
    entropy -= p * std::log2(one_order);
  }
  marginal_entropy = entropy_bits(marginal);
  for (std::size_t level = 1; level < marginal.size(); ++level)
    mean += static_cast<double>(level) * marginal[level];
  for (std::size_t level = 1; level < marginal.size(); ++level) {
    const double from_mean = static_cast<double>(level) - mean;
    variance += from_mean * from_mean * marginal[level];
  }
  if (joint.size() == 1 && joint.front().low == joint.front().high) variance = 0;
}

}  // namespace netpet::measure
