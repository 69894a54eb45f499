#include "measure/sample.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace netpet::measure {

namespace {

base::NotComputable constant_region() {
  return {"all voxels have one value"};
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Sample::Sample(std::vector<double> values) : sorted_(std::move(values)) {
  base::check(!sorted_.empty(), "a sample needs values");
  std::sort(sorted_.begin(), sorted_.end());
  mean_ = mean_of(sorted_);
  for (const double value : sorted_) {
    const double from_mean = value - mean_, square = from_mean * from_mean;
    variance_ += square;
    third_ += square * from_mean;
    fourth_ += square * square;
    sum_of_squares_ += value * value;
  }
  const auto n = static_cast<double>(sorted_.size());
  variance_ /= n;
  third_ /= n;
  fourth_ /= n;
  if (least() == greatest()) variance_ = 0;  // whatever rounding left in the mean
}

base::Computed<double> Sample::skewness() const {
  if (variance_ == 0) return constant_region();
  return third_ / std::pow(variance_, 1.5);
}

base::Computed<double> Sample::excess_kurtosis() const {
  if (variance_ == 0) return constant_region();
  return fourth_ / (variance_ * variance_) - 3;
}

double Sample::percentile(double share) const {
  const double rank = share * static_cast<double>(sorted_.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted_.size() - 1);
  return std::lerp(sorted_[below], sorted_[above], rank - static_cast<double>(below));
}

double Sample::mean_deviation_from(double centre) const {
  double sum = 0;
  for (const double value : sorted_) sum += std::abs(value - centre);
  return sum / static_cast<double>(sorted_.size());
}

double Sample::robust_mean_deviation() const {
  const auto begin = std::lower_bound(sorted_.begin(), sorted_.end(), percentile(0.1));
  const auto end = std::upper_bound(begin, sorted_.end(), percentile(0.9));
  if (begin == end) return 0;  // two values: both lie outside
  const Sample middle(std::vector<double>(begin, end));
  return middle.mean_deviation_from(middle.mean());
}

base::Computed<double> Sample::coefficient_of_variation() const {
  if (mean_ == 0) return base::NotComputable{"the mean is 0"};
  return std::sqrt(variance_) / mean_;
}

base::Computed<double> Sample::quartile_dispersion() const {
  const double low = percentile(0.25), high = percentile(0.75);
  if (low + high == 0) return base::NotComputable{"the quartiles add up to 0"};
  return (high - low) / (high + low);
}

}  // namespace netpet::measure
