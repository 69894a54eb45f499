#include <algorithm>
#include <cmath>

#include "measure/cooccurrence.h"
#include "measure/texture_quantities.h"

namespace netpet::measure {

namespace {

using Value = base::Computed<double>;
using Sums = CooccurrenceSums;

/// Σ f(k) p(k) over a marginal distribution.
template <class Function>
double expected(const std::vector<double>& distribution, const Function& f) {
  double sum = 0;
  for (std::size_t k = 0; k < distribution.size(); ++k)
    if (distribution[k] != 0) sum += f(static_cast<double>(k)) * distribution[k];
  return sum;
}

double mean_of(const std::vector<double>& distribution) {
  return expected(distribution, [](double k) { return k; });
}

double variance_of(const std::vector<double>& distribution) {
  const double mean = mean_of(distribution);
  return expected(distribution, [&](double k) { return (k - mean) * (k - mean); });
}

/// Both orders of a pair.
struct Orders {
  double probability;  ///< of one
  int number;
};
Orders orders(const Cooccurrence::Pair& pair) {
  return pair.low == pair.high ? Orders{pair.count, 1} : Orders{pair.count / 2, 2};
}

double joint_maximum(const Sums& s) {
  double most = 0;
  for (const auto& pair : s.joint) most = std::max(most, orders(pair).probability);
  return most;
}

double angular_second_moment(const Sums& s) {
  double sum = 0;
  for (const auto& pair : s.joint) sum += orders(pair).number * std::pow(orders(pair).probability, 2);
  return sum;
}

double autocorrelation_of(const Sums& s) {
  double sum = 0;
  for (const auto& pair : s.joint) sum += double(pair.low) * double(pair.high) * pair.count;
  return sum;
}

double cluster(const Sums& s, int power) {
  return expected(s.sum, [&](double k) { return std::pow(k - 2 * s.mean, power); });
}

Value correlation(const Sums& s) {
  if (s.variance == 0) return base::NotComputable{"all neighbours have one grey level"};
  return (autocorrelation_of(s) - s.mean * s.mean) / s.variance;
}

// The matrix is symmetric, so HXY1 = −Σ p(i,j) log2 p(i)p(j) and HXY2 = −Σ p(i)p(j) log2 p(i)p(j) are both
// twice the entropy of the marginal.
Value information_1(const Sums& s) {
  if (s.variance == 0) return base::NotComputable{"all neighbours have one grey level"};
  return (s.entropy - 2 * s.marginal_entropy) / s.marginal_entropy;
}
double information_2(const Sums& s) {
  return std::sqrt(std::max(0.0, 1 - std::exp(-2 * (2 * s.marginal_entropy - s.entropy))));
}

struct Row {
  const char *id, *name, *tag, *unit, *definition;
  Value (*of)(const Sums&);
};

const Row kRows[] = {
    {"GYBY", "joint_maximum", "cm_joint_max", "1", "max p(i,j).",
     [](const Sums& s) -> Value { return joint_maximum(s); }},
    {"60VM", "joint_average", "cm_joint_avg", "1", "µ = Σ i p(i,j).",
     [](const Sums& s) -> Value { return s.mean; }},
    {"UR99", "joint_variance", "cm_joint_var", "1", "Σ (i − µ)² p(i,j).",
     [](const Sums& s) -> Value { return s.variance; }},
    {"TU9B", "joint_entropy", "cm_joint_entr", "bit", "−Σ p(i,j) log2 p(i,j).",
     [](const Sums& s) -> Value { return s.entropy; }},
    {"TF7R", "difference_average", "cm_diff_avg", "1", "Σ k p(k), k = |i − j|.",
     [](const Sums& s) -> Value { return mean_of(s.difference); }},
    {"D3YU", "difference_variance", "cm_diff_var", "1", "Variance of k = |i − j|.",
     [](const Sums& s) -> Value { return variance_of(s.difference); }},
    {"NTRS", "difference_entropy", "cm_diff_entr", "bit", "−Σ p(k) log2 p(k), k = |i − j|.",
     [](const Sums& s) -> Value { return entropy_bits(s.difference); }},
    {"ZGXS", "sum_average", "cm_sum_avg", "1", "Σ k p(k), k = i + j.",
     [](const Sums& s) -> Value { return mean_of(s.sum); }},
    {"OEEB", "sum_variance", "cm_sum_var", "1", "Variance of k = i + j.",
     [](const Sums& s) -> Value { return variance_of(s.sum); }},
    {"P6QZ", "sum_entropy", "cm_sum_entr", "bit", "−Σ p(k) log2 p(k), k = i + j.",
     [](const Sums& s) -> Value { return entropy_bits(s.sum); }},
    {"8ZQL", "angular_second_moment", "cm_energy", "1", "Σ p(i,j)².",
     [](const Sums& s) -> Value { return angular_second_moment(s); }},
    {"ACUI", "contrast", "cm_contrast", "1", "Σ (i − j)² p(i,j).",
     [](const Sums& s) -> Value { return expected(s.difference, [](double k) { return k * k; }); }},
    {"8S9J", "dissimilarity", "cm_dissimilarity", "1", "Σ |i − j| p(i,j).",
     [](const Sums& s) -> Value { return mean_of(s.difference); }},
    {"IB1Z", "inverse_difference", "cm_inv_diff", "1", "Σ p(i,j) / (1 + |i − j|).",
     [](const Sums& s) -> Value { return expected(s.difference, [](double k) { return 1 / (1 + k); }); }},
    {"NDRX", "normalised_inverse_difference", "cm_inv_diff_norm", "1", "Σ p(i,j) / (1 + |i − j| / N_g).",
     [](const Sums& s) -> Value {
       return expected(s.difference, [&](double k) { return 1 / (1 + k / s.levels); });
     }},
    {"WF0Z", "inverse_difference_moment", "cm_inv_diff_mom", "1", "Σ p(i,j) / (1 + (i − j)²).",
     [](const Sums& s) -> Value { return expected(s.difference, [](double k) { return 1 / (1 + k * k); }); }},
    {"1QCO", "normalised_inverse_difference_moment", "cm_inv_diff_mom_norm", "1",
     "Σ p(i,j) / (1 + (i − j)² / N_g²).",
     [](const Sums& s) -> Value {
       return expected(s.difference, [&](double k) { return 1 / (1 + k * k / s.levels / s.levels); });
     }},
    {"E8JP", "inverse_variance", "cm_inv_var", "1", "2 Σ p(i,j) / (i − j)² over i < j.",
     [](const Sums& s) -> Value {
       return expected(s.difference, [](double k) { return k > 0 ? 1 / (k * k) : 0; });
     }},
    {"NI2N", "correlation", "cm_corr", "1",
     "(Σ i j p(i,j) − µ²) / σ²; none where all neighbours have one grey level.", correlation},
    {"QWB0", "autocorrelation", "cm_auto_corr", "1", "Σ i j p(i,j).",
     [](const Sums& s) -> Value { return autocorrelation_of(s); }},
    {"DG8W", "cluster_tendency", "cm_clust_tend", "1", "Σ (i + j − 2µ)² p(i,j).",
     [](const Sums& s) -> Value { return cluster(s, 2); }},
    {"7NFM", "cluster_shade", "cm_clust_shade", "1", "Σ (i + j − 2µ)³ p(i,j).",
     [](const Sums& s) -> Value { return cluster(s, 3); }},
    {"AE86", "cluster_prominence", "cm_clust_prom", "1", "Σ (i + j − 2µ)⁴ p(i,j).",
     [](const Sums& s) -> Value { return cluster(s, 4); }},
    {"R8DG", "information_correlation_1", "cm_info_corr1", "1",
     "(HXY − HXY1) / HX; none where all neighbours have one grey level.", information_1},
    {"JN9H", "information_correlation_2", "cm_info_corr2", "1", "√(1 − exp(−2 (HXY2 − HXY))).",
     [](const Sums& s) -> Value { return information_2(s); }}};

}  // namespace

std::vector<Quantity> grey_level_cooccurrence() {
  const TextureFamily<CooccurrenceSums, std::identity> family{"grey level co-occurrence matrix",
                                                              kNeighbours,
                                                              aggregations_with_directions(),
                                                              &Measured::cooccurrences,
                                                              {}};
  return texture_quantities(family, kRows);
}

}  // namespace netpet::measure
