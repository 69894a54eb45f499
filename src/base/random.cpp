#include "base/random.h"

#include <algorithm>
#include <cmath>

namespace netpet::base {

Random::Random(std::uint64_t seed, std::uint64_t stream) : increment_((stream << 1) | 1) {
  bits();
  state_ += seed;
  bits();
}

std::uint32_t Random::bits() {
  const std::uint64_t old = state_;
  state_ = old * 6364136223846793005ULL + increment_;
  const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
  const auto rotation = static_cast<std::uint32_t>(old >> 59);
  return (shifted >> rotation) | (shifted << ((32 - rotation) & 31));
}

double Random::uniform() {
  const std::uint64_t high = bits() >> 5;
  const std::uint64_t low = bits() >> 6;
  return static_cast<double>((high << 26) | low) * 0x1.0p-53;
}

double Random::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  double u = 0, v = 0, s = 0;
  do {
    u = uniform(-1, 1);
    v = uniform(-1, 1);
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  const double scale = std::sqrt(-2 * std::log(s) / s);
  spare_ = v * scale;
  has_spare_ = true;
  return u * scale;
}

double Random::poisson(double mean) {
  if (mean <= 0) return 0;
  if (mean >= 30) return std::max(0.0, std::round(mean + std::sqrt(mean) * normal()));
  const double limit = std::exp(-mean);
  double product = uniform();
  int count = 0;
  while (product > limit) {
    product *= uniform();
    ++count;
  }
  return count;
}

}  // namespace netpet::base
