#include <algorithm>
#include <cmath>

#include "measure/quantity.h"
#include "measure/sample_quantities.h"
#include "measure/sources.h"

namespace netpet::measure {

namespace {

using Value = base::Computed<double>;

constexpr const char* kFamily = "intensity histogram";

/// Voxels in each grey level 1 … N_g.
std::vector<double> counts(const Measured& m) {
  std::vector<double> of_level(static_cast<std::size_t>(m.levels().count), 0);
  for (const std::int32_t level : m.levels().of_voxel) of_level[static_cast<std::size_t>(level - 1)] += 1;
  return of_level;
}

/// Differences of the counts of neighbouring levels: central ones, one-sided at the ends.
std::vector<double> gradient(const std::vector<double>& n) {
  std::vector<double> slope(n.size(), 0);
  if (n.size() < 2) return slope;
  slope.front() = n[1] - n[0];
  slope.back() = n[n.size() - 1] - n[n.size() - 2];
  for (std::size_t level = 1; level + 1 < n.size(); ++level) slope[level] = (n[level + 1] - n[level - 1]) / 2;
  return slope;
}

double level_of(const std::vector<double>& values, std::vector<double>::const_iterator at) {
  return static_cast<double>(at - values.begin()) + 1;
}

/// The most frequent level; of several the one nearest to the mean, of those the lower.
double mode(const Measured& m) {
  const std::vector<double> n = counts(m);
  const double most = *std::max_element(n.begin(), n.end()), mean = m.level_sample().mean();
  double nearest = 0;
  for (std::size_t level = 1; level <= n.size(); ++level)
    if (n[level - 1] == most && (nearest == 0 || std::abs(double(level) - mean) < std::abs(nearest - mean)))
      nearest = static_cast<double>(level);
  return nearest;
}

double entropy(const Measured& m) {
  std::vector<double> p = counts(m);
  for (double& one : p) one /= static_cast<double>(m.region().size());
  return entropy_bits(p);
}

double uniformity(const Measured& m) {
  double sum = 0;
  for (const double n : counts(m)) sum += n * n;
  const auto voxels = static_cast<double>(m.region().size());
  return sum / (voxels * voxels);
}

double steepest_rise(const Measured& m) {
  const std::vector<double> slope = gradient(counts(m));
  return *std::max_element(slope.begin(), slope.end());
}
double level_of_rise(const Measured& m) {
  const std::vector<double> slope = gradient(counts(m));
  return level_of(slope, std::max_element(slope.begin(), slope.end()));
}
double steepest_fall(const Measured& m) {
  const std::vector<double> slope = gradient(counts(m));
  return *std::min_element(slope.begin(), slope.end());
}
double level_of_fall(const Measured& m) {
  const std::vector<double> slope = gradient(counts(m));
  return level_of(slope, std::min_element(slope.begin(), slope.end()));
}

struct Row {
  const char *id, *name, *tag, *unit, *definition;
  double (*of)(const Measured&);
};

constexpr Row kRows[] = {
    {"AMMC", "mode", "ih_mode", "1", "Most frequent level; of several the nearest to the mean.", mode},
    {"TLU2", "entropy", "ih_entropy", "bit", "−Σ p log2 p over the levels.", entropy},
    {"BJ5W", "uniformity", "ih_uniformity", "1", "Σ p² over the levels.", uniformity},
    {"12CE", "maximum_histogram_gradient", "ih_max_grad", "1",
     "Highest difference of counts: (n[i+1] − n[i−1]) / 2, one-sided at the ends.", steepest_rise},
    {"8E6O", "maximum_histogram_gradient_level", "ih_max_grad_g", "1", "The lowest level that has it.",
     level_of_rise},
    {"VQB3", "minimum_histogram_gradient", "ih_min_grad", "1", "Lowest difference of counts.", steepest_fall},
    {"RHQZ", "minimum_histogram_gradient_level", "ih_min_grad_g", "1", "The lowest level that has it.",
     level_of_fall}};

}  // namespace

std::vector<Quantity> intensity_histogram() {
  std::vector<Quantity> all =
      sample_quantities({kFamily,
                         "ih_",
                         "1",
                         "1",
                         {"X6K6", "CH89", "88K1", "C3I7", "WIFQ", "1PR8", "GPMT", "OZ0C", "3NCY", "WR0O",
                          "5Z3W", "D2ZX", "WRZB", "4RNL", "CWYJ", "SLWD"},
                         [](const Measured& m) -> const Sample& { return m.level_sample(); }});
  for (const Row& row : kRows)
    all.push_back({row.id, row.name, kFamily, row.unit, row.definition, "at least one voxel; grey levels",
                   kIbsi,
                   [of = row.of](const Measured& m) -> Value {
                     if (m.region().empty()) return base::NotComputable{kEmptyRegion};
                     return of(m);
                   },
                   row.tag});
  return all;
}

}  // namespace netpet::measure
