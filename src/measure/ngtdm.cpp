#include <cmath>

#include "measure/texture_quantities.h"

namespace netpet::measure {

namespace {

/// The levels that occur, with their probability and difference.
struct Tone {
  double level, p, s;
};

struct Tones {
  std::vector<Tone> of;
  double voxels = 0, differences = 0;
  double weighted = 0;  ///< Σ p s
};

Tones tones_of(const NeighbourMatrices& matrices) {
  Tones tones;
  for (const auto& one : matrices.tones) tones.voxels += one.voxels;
  for (std::size_t level = 1; level < matrices.tones.size(); ++level) {
    const auto& one = matrices.tones[level];
    if (one.voxels == 0) continue;
    tones.of.push_back({static_cast<double>(level), one.voxels / tones.voxels, one.difference});
    tones.differences += one.difference;
    tones.weighted += tones.of.back().p * one.difference;
  }
  return tones;
}

/// Σ f over ordered pairs of levels that occur.
template <class Function>
double over_pairs(const Tones& tones, const Function& f) {
  double sum = 0;
  for (const Tone& a : tones.of)
    for (const Tone& b : tones.of) sum += f(a, b);
  return sum;
}

using Value = base::Computed<double>;

Value with_neighbours(const NeighbourMatrices& matrices, double (*of)(const Tones&)) {
  const Tones tones = tones_of(matrices);
  if (tones.of.empty()) return base::NotComputable{"no two voxels of the region are neighbours"};
  return of(tones);
}

double coarseness(const Tones& t) {
  constexpr double kHighest = 1e6;  // IBSI's value of a region without differences
  return t.weighted > 0 ? 1 / t.weighted : kHighest;
}

double contrast(const Tones& t) {
  if (t.of.size() < 2) return 0;
  const auto levels = static_cast<double>(t.of.size());
  return over_pairs(t,
                    [](const Tone& a, const Tone& b) { return a.p * b.p * std::pow(a.level - b.level, 2); }) /
         (levels * (levels - 1)) * t.differences / t.voxels;
}

double busyness(const Tones& t) {
  if (t.of.size() < 2) return 0;
  return t.weighted /
         over_pairs(t, [](const Tone& a, const Tone& b) { return std::abs(a.level * a.p - b.level * b.p); });
}

double complexity(const Tones& t) {
  return over_pairs(t,
                    [](const Tone& a, const Tone& b) {
                      return std::abs(a.level - b.level) * (a.p * a.s + b.p * b.s) / (a.p + b.p);
                    }) /
         t.voxels;
}

double strength(const Tones& t) {
  if (t.differences == 0) return 0;
  return over_pairs(
             t, [](const Tone& a, const Tone& b) { return (a.p + b.p) * std::pow(a.level - b.level, 2); }) /
         t.differences;
}

struct Row {
  const char *id, *name, *tag, *unit, *definition;
  Value (*of)(const NeighbourMatrices&);
};

// n, p, s of a level: voxels that have a neighbour, their share, their summed difference from the mean of the
// neighbours.
const Row kRows[] = {
    {"QCDE", "coarseness", "ngt_coarseness", "1", "1 / Σ p s; 10⁶ where nothing differs.",
     [](const NeighbourMatrices& m) { return with_neighbours(m, coarseness); }},
    {"65HE", "contrast", "ngt_contrast", "1",
     "Σ p_i p_j (i − j)² / (G (G − 1)) · Σ s / Σ n over the G levels that occur; 0 for one level.",
     [](const NeighbourMatrices& m) { return with_neighbours(m, contrast); }},
    {"NQ30", "busyness", "ngt_busyness", "1", "Σ p s / Σ |i p_i − j p_j|; 0 for one level.",
     [](const NeighbourMatrices& m) { return with_neighbours(m, busyness); }},
    {"HDEZ", "complexity", "ngt_complexity", "1", "Σ |i − j| (p_i s_i + p_j s_j) / (p_i + p_j) / Σ n.",
     [](const NeighbourMatrices& m) { return with_neighbours(m, complexity); }},
    {"1X9X", "strength", "ngt_strength", "1", "Σ (p_i + p_j) (i − j)² / Σ s; 0 where nothing differs.",
     [](const NeighbourMatrices& m) { return with_neighbours(m, strength); }}};

}  // namespace

std::vector<Quantity> grey_tone_difference() {
  const TextureFamily<NeighbourMatrices, std::identity> family{"neighbourhood grey tone difference matrix",
                                                               kNeighbours,
                                                               aggregations_without_directions(),
                                                               &Measured::neighbours,
                                                               {}};
  return texture_quantities(family, kRows);
}

}  // namespace netpet::measure
