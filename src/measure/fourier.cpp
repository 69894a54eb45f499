#include "measure/fourier.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "base/error.h"

namespace netpet::measure {

namespace {

using Complex = std::complex<double>;

/// One line of `length` values in place; `roots` hold e^(±2πi n / length).
void transform_line(std::vector<Complex>& line, const std::vector<Complex>& roots) {
  const std::size_t length = line.size();
  for (std::size_t i = 1, j = 0; i < length; ++i) {
    std::size_t bit = length >> 1;
    for (; (j & bit) != 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(line[i], line[j]);
  }
  for (std::size_t half = 1; half < length; half *= 2) {
    const std::size_t stride = length / (2 * half);
    for (std::size_t begin = 0; begin < length; begin += 2 * half)
      for (std::size_t at = 0; at < half; ++at) {
        Complex& low = line[begin + at];
        Complex& high = line[begin + at + half];
        const Complex& root = roots[at * stride];
        const Complex turned(root.real() * high.real() - root.imag() * high.imag(),
                             root.real() * high.imag() + root.imag() * high.real());
        high = low - turned;
        low += turned;
      }
  }
}

}  // namespace

void transform(ComplexBlock& block, Transform way) {
  const std::array<std::size_t, 3> step{1, block.size[0], block.size[0] * block.size[1]};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::size_t length = block.size[axis];
    base::check(std::has_single_bit(length), "a side of a Fourier transform is no power of two");
    std::vector<Complex> roots(length / 2), line(length);
    const double turn = (way == Transform::forward ? -2 : 2) * std::numbers::pi / static_cast<double>(length);
    for (std::size_t n = 0; n < roots.size(); ++n) roots[n] = std::polar(1.0, turn * static_cast<double>(n));
    const std::size_t u = (axis + 1) % 3, v = (axis + 2) % 3;
    for (std::size_t a = 0; a < block.size[u]; ++a)
      for (std::size_t b = 0; b < block.size[v]; ++b) {
        Complex* const first = &block.values[a * step[u] + b * step[v]];
        for (std::size_t n = 0; n < length; ++n) line[n] = first[n * step[axis]];
        transform_line(line, roots);
        for (std::size_t n = 0; n < length; ++n) first[n * step[axis]] = line[n];
      }
  }
  if (way == Transform::backward)
    for (Complex& value : block.values) value /= static_cast<double>(block.values.size());
}

}  // namespace netpet::measure
