#pragma once

#include <vector>

#include "base/computed.h"

namespace netpet::measure {

/// A sample of values and the moments that several statistics share. Its functions refuse (our bug) a sample
/// of nothing.
class Sample {
 public:
  explicit Sample(std::vector<double> values);

  std::size_t size() const { return sorted_.size(); }
  const std::vector<double>& sorted() const { return sorted_; }
  double least() const { return sorted_.front(); }
  double greatest() const { return sorted_.back(); }
  double mean() const { return mean_; }
  /// With n, not n − 1, below, as everywhere in IBSI.
  double variance() const { return variance_; }
  double sum_of_squares() const { return sum_of_squares_; }
  base::Computed<double> skewness() const;
  /// Minus 3, so that a normal distribution has 0.
  base::Computed<double> excess_kurtosis() const;
  /// The value below which `share` (0 … 1) of the sample lies, linear between neighbours in order.
  double percentile(double share) const;
  double mean_deviation_from(double centre) const;
  /// The mean deviation from the mean of what lies between the 10th and the 90th percentile.
  double robust_mean_deviation() const;
  base::Computed<double> coefficient_of_variation() const;
  /// (P75 − P25) / (P75 + P25).
  base::Computed<double> quartile_dispersion() const;

 private:
  std::vector<double> sorted_;
  double mean_ = 0, variance_ = 0, third_ = 0, fourth_ = 0, sum_of_squares_ = 0;
};

}  // namespace netpet::measure
