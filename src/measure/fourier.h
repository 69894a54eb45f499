#pragma once

#include <array>
#include <complex>
#include <vector>

namespace netpet::measure {

/// A block of complex numbers, i fastest, each side a power of two.
struct ComplexBlock {
  std::array<std::size_t, 3> size;
  std::vector<std::complex<double>> values;
};

enum class Transform { forward, backward };

/// The discrete Fourier transform in place (Cooley & Tukey); backward divides by the number of values.
void transform(ComplexBlock& block, Transform way);

}  // namespace netpet::measure
