#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/error.h"

/// Statistics of samples of which a part may be wrong. Each refuses (our bug) a sample of nothing and leaves
/// the values in another order.
namespace netpet::base {

/// The median absolute deviation of a normal distribution is 0.6745 SD.
constexpr double sd_of_mad = 1.4826;

/// The middle value; the upper one of the two in an even sample.
template <class T>
T median_of(std::vector<T>& values) {
  check(!values.empty(), "a median needs values");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}
template <class T>
T median_of(std::vector<T>&& values) {
  return median_of(values);
}

/// The value that `share` (0 … 1) of the others do not exceed, without interpolation.
template <class T>
T quantile_of(std::vector<T>& values, double share) {
  check(!values.empty(), "a quantile needs values");
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace netpet::base
