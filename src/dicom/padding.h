#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace netpet::dicom {

/// Tells which stored numbers of type T are padding, in arithmetic that costs little a pixel.
template <class T>
class PaddingTest {
 public:
  /// `first` and `last` are both padding.
  PaddingTest(double first, double last) {
    using Limits = std::numeric_limits<T>;
    const double least = std::ceil(first), greatest = std::floor(last);
    if constexpr (std::is_floating_point_v<T>) {
      least_ = first;
      greatest_ = last;
    } else if (least <= greatest && greatest >= Limits::lowest() && least <= Limits::max()) {
      least_ = static_cast<T>(std::max<double>(least, Limits::lowest()));
      greatest_ = static_cast<T>(std::min<double>(greatest, Limits::max()));
    }
  }
  bool operator()(T stored) const { return stored >= least_ && stored <= greatest_; }

 private:
  using Bound = std::conditional_t<std::is_floating_point_v<T>, double, T>;
  Bound least_ = 1, greatest_ = 0;  ///< no number at all
};

}  // namespace netpet::dicom
