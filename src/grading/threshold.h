#pragma once

namespace netpet::grading {

/// Published thresholds and table values are decimals ("0.80", "5.6"), which binary numbers hold only nearly:
/// values this close to a threshold are equal to it.
constexpr double kSameWithin = 1e-9;

/// `value` > `threshold`, where a value equal to it in decimals is not above. `threshold` ≥ 0.
constexpr bool exceeds(double value, double threshold) {
  return value > threshold * (1 + kSameWithin);
}

/// `value` ≥ `threshold`, where a value equal to it in decimals counts. `threshold` ≥ 0.
constexpr bool reaches(double value, double threshold) {
  return value >= threshold * (1 - kSameWithin);
}

}  // namespace netpet::grading
