#pragma once

#include <compare>

namespace netpet::base {

/// A physical value whose unit is part of its type. Explicit in, `.value` out, so that units never mix
/// silently.
template <class Tag>
struct Physical {
  double value = 0;
  constexpr Physical() = default;
  constexpr explicit Physical(double v) : value(v) {}
  constexpr auto operator<=>(const Physical&) const = default;
  constexpr Physical operator+(Physical other) const { return Physical(value + other.value); }
  constexpr Physical operator-(Physical other) const { return Physical(value - other.value); }
  constexpr Physical operator*(double factor) const { return Physical(value * factor); }
  constexpr double operator/(Physical other) const { return value / other.value; }
};

using Seconds = Physical<struct SecondsTag>;
using Becquerel = Physical<struct BecquerelTag>;
using Kilograms = Physical<struct KilogramsTag>;
using Metres = Physical<struct MetresTag>;

}  // namespace netpet::base
