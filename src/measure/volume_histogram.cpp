#include "measure/volume_histogram.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace netpet::measure {

namespace {

constexpr double kMostBins = 1e6;
constexpr double kLongestWholeRange = 10000;  ///< HU fit in; stored counts of a PET do not
constexpr int kUsualBins = 1000;              ///< IBSI's configuration E

bool are_whole(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::floor(v) == v; });
}

struct Axis {
  double first, step;  ///< intensity of the first bin, distance of bins
  double lower_edge, width;
  double bins;
};

/// What `automatic` stands for with these values.
VolumeHistogramBins resolved(const std::vector<double>& sorted, VolumeHistogramBins how, double lowest,
                             double highest) {
  using Method = VolumeHistogramBins::Method;
  if (how.method == Method::automatic) {
    const bool whole = are_whole(sorted) && highest - lowest <= kLongestWholeRange;
    how.method = whole ? Method::whole : Method::fixed_bin_number;
    how.bins = kUsualBins;
  }
  return how;
}

Axis axis_of(const std::vector<double>& sorted, const VolumeHistogramBins& how, double lowest,
             double highest) {
  using Method = VolumeHistogramBins::Method;
  switch (how.method) {
    case Method::whole: {
      if (!are_whole(sorted))
        throw base::Error::input(
            "levels_not_whole",
            "the region holds values that are not whole; name a number or a width of bins");
      const double first = std::ceil(lowest);
      return {first, 1, first, 1, std::floor(highest) - first + 1};
    }
    case Method::fixed_bin_size:
      base::check(how.width > 0, "the width of bins is not above 0");
      return {lowest + how.width / 2, how.width, lowest, how.width,
              std::ceil((highest - lowest) / how.width) + 1};
    case Method::fixed_bin_number:
    case Method::automatic:
      break;
  }
  // Here the range is always that of the values, in numbers of bins.
  base::check(how.bins > 0, "no bins");
  const double range = sorted.back() - sorted.front();
  return {1, 1, sorted.front(), range > 0 ? range / how.bins : 1, double(range > 0 ? how.bins : 1)};
}

}  // namespace

VolumeHistogram volume_histogram(const std::vector<double>& sorted, const VolumeHistogramBins& how,
                                 std::optional<double> lowest, std::optional<double> highest) {
  base::check(!sorted.empty(), "a histogram needs values");
  const double from = lowest.value_or(sorted.front()), to = highest.value_or(sorted.back());
  VolumeHistogram histogram;
  histogram.used = resolved(sorted, how, from, to);
  const Axis axis = axis_of(sorted, histogram.used, from, to);
  if (axis.bins > kMostBins)
    throw base::Error::input("too_many_levels", "the bins of the intensity-volume histogram are too narrow");
  const auto bins = static_cast<std::size_t>(axis.bins);
  std::vector<double> in_bin(bins, 0);
  for (const double value : sorted) {
    const double bin = std::floor((value - axis.lower_edge) / axis.width);
    in_bin[static_cast<std::size_t>(std::clamp(bin, 0.0, axis.bins - 1))] += 1;
  }
  histogram.step = axis.step;
  double below = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const double gamma = bins > 1 ? static_cast<double>(bin) / static_cast<double>(bins - 1) : 0;
    histogram.bins.push_back({axis.first + axis.step * static_cast<double>(bin), gamma,
                              1 - below / static_cast<double>(sorted.size())});
    below += in_bin[bin];
  }
  return histogram;
}

base::Computed<double> VolumeHistogram::volume_at(double share) const {
  if (bins.size() < 2) return base::NotComputable{"all voxels have one value"};
  const auto at =
      std::find_if(bins.begin(), bins.end(), [&](const Bin& bin) { return bin.share_of_range >= share; });
  return at->share_of_volume;  // falls with intensity: the first is the largest
}

base::Computed<double> VolumeHistogram::intensity_at(double share) const {
  if (bins.size() < 2) return base::NotComputable{"all voxels have one value"};
  const auto at =
      std::find_if(bins.begin(), bins.end(), [&](const Bin& bin) { return bin.share_of_volume <= share; });
  return at != bins.end() ? at->intensity : bins.back().intensity + step;
}

base::Computed<double> VolumeHistogram::area() const {
  if (bins.size() < 2) return base::NotComputable{"all voxels have one value"};
  double area = 0;
  for (std::size_t bin = 1; bin < bins.size(); ++bin)
    area += (bins[bin].share_of_range - bins[bin - 1].share_of_range) *
            (bins[bin].share_of_volume + bins[bin - 1].share_of_volume) / 2;
  return area;
}

}  // namespace netpet::measure
