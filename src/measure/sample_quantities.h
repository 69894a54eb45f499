#pragma once

#include <functional>
#include <string>
#include <vector>

#include "measure/quantity.h"

namespace netpet::measure {

/// Where a family takes its sample from, and what it calls the sixteen statistics that the intensities and
/// their grey levels share.
struct SampleFamily {
  std::string family, tag_prefix, unit, square_unit;
  std::vector<std::string> ids;  ///< in the order of sample_quantities
  std::function<const Sample&(const Measured&)> sample;
};

/// mean, variance, skewness, kurtosis, median, minimum, 10th and 90th percentile, maximum, interquartile
/// range, range, mean absolute deviation, robust one, median one, coefficient of variation, quartile
/// coefficient of dispersion.
std::vector<Quantity> sample_quantities(const SampleFamily& family);

}  // namespace netpet::measure
