#pragma once

#include <cstdint>

namespace netpet::base {

/// Deterministic random numbers, the same on every machine and standard library: PCG32 (O'Neill 2014) with
/// our own deviates. One generator a purpose: `stream` keeps two draws with one seed apart.
class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

  std::uint32_t bits();
  /// Uniform in [0, 1).
  double uniform();
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Standard normal deviate (polar method of Marsaglia).
  double normal();
  /// Poisson deviate: inversion for a mean below 30, rounded normal approximation above.
  double poisson(double mean);

 private:
  std::uint64_t state_ = 0;
  std::uint64_t increment_ = 1;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace netpet::base
