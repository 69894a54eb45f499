#pragma once

#include <optional>
#include <vector>

#include "base/computed.h"

namespace netpet::measure {

/// Bins of the intensity-volume histogram.
struct VolumeHistogramBins {
  enum class Method {
    automatic,         ///< `whole` where every value is a whole number and the range is short, else 1000 bins
    whole,             ///< one bin a whole number (HU)
    fixed_bin_number,  ///< `bins` from the lowest to the highest value
    fixed_bin_size     ///< of `width` from the lower limit of re-segmentation, else the lowest value
  };
  Method method = Method::automatic;
  int bins = 1000;
  double width = 0;
};

/// The share of a region that has at least an intensity (IBSI, intensity-volume histogram).
struct VolumeHistogram {
  struct Bin {
    double intensity;        ///< of the bin: a whole number, its number, or its centre
    double share_of_range;   ///< γ
    double share_of_volume;  ///< ν
  };
  std::vector<Bin> bins;     ///< rising
  double step = 1;           ///< between the intensities of bins
  VolumeHistogramBins used;  ///< never `automatic`

  /// The largest share of volume with at least `share` of the intensity range.
  base::Computed<double> volume_at(double share) const;
  /// The lowest intensity that at most `share` of the volume reaches.
  base::Computed<double> intensity_at(double share) const;
  base::Computed<double> area() const;
};

/// `sorted` rising and not empty; `lowest`, `highest` the range of re-segmentation. Refuses
/// `too_many_levels`.
VolumeHistogram volume_histogram(const std::vector<double>& sorted, const VolumeHistogramBins& how,
                                 std::optional<double> lowest, std::optional<double> highest);

}  // namespace netpet::measure
