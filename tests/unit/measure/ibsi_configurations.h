#pragma once

#include "measure/measured.h"
#include "measure/process.h"

namespace netpet::measure {

/// One of IBSI 1's five ways to process the CT phantom.
struct Configuration {
  Processing processing;
  Settings settings;
  std::size_t features;  ///< that its table has a value for
};

/// A … E, as the IBSI reference manual has them in its table of configurations.
inline Configuration ibsi_configuration(char letter) {
  Configuration c;
  const auto bins_of = [&](double width) {
    c.settings.texture.method = Discretisation::Method::fixed_bin_size;
    c.settings.texture.width = width;
  };
  const auto number_of_bins = [&](int number) {
    c.settings.texture.method = Discretisation::Method::fixed_bin_number;
    c.settings.texture.bins = number;
  };
  if (letter != 'A') {
    c.processing.spacing_mm = space::Vec3{2, 2, letter == 'B' ? 0.0 : 2.0};
    c.processing.rounding = Processing::Rounding::whole;
  }
  c.features = letter < 'C' ? 346 : 210;  // A and B are 2-D, the others 3-D
  switch (letter) {
    case 'A':
      c.processing.lowest = -500;
      c.processing.highest = 400;
      bins_of(25);
      break;
    case 'B':
      c.processing.lowest = -500;
      c.processing.highest = 400;
      number_of_bins(32);
      break;
    case 'C':
      c.processing.lowest = -1000;
      c.processing.highest = 400;
      bins_of(25);
      c.settings.volume_histogram.method = VolumeHistogramBins::Method::fixed_bin_size;
      c.settings.volume_histogram.width = 2.5;
      break;
    case 'D':
      c.processing.outlier_sd = 3;
      number_of_bins(32);
      break;
    default:
      c.processing.method = Interpolation::cubic_spline;
      c.processing.lowest = -1000;
      c.processing.highest = 400;
      c.processing.outlier_sd = 3;
      number_of_bins(32);
      c.settings.volume_histogram.method = VolumeHistogramBins::Method::fixed_bin_number;
      c.settings.volume_histogram.bins = 1000;
      break;
  }
  c.settings.lowest = c.processing.lowest;
  c.settings.highest = c.processing.highest;
  return c;
}

}  // namespace netpet::measure
