#include "space/vec3.h"

#include "base/error.h"

namespace netpet::space {

Mat3 Mat3::operator*(const Mat3& other) const {
  Mat3 product;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column) {
      double sum = 0;
      for (int n = 0; n < 3; ++n) sum += (*this)(row, n) * other(n, column);
      product(row, column) = sum;
    }
  return product;
}

Mat3 Mat3::inverted() const {
  const double det = determinant();
  base::check(det != 0, "inverse of a singular matrix");
  const double s = 1 / det;
  return {{(m[4] * m[8] - m[5] * m[7]) * s, (m[2] * m[7] - m[1] * m[8]) * s, (m[1] * m[5] - m[2] * m[4]) * s,
           (m[5] * m[6] - m[3] * m[8]) * s, (m[0] * m[8] - m[2] * m[6]) * s, (m[2] * m[3] - m[0] * m[5]) * s,
           (m[3] * m[7] - m[4] * m[6]) * s, (m[1] * m[6] - m[0] * m[7]) * s,
           (m[0] * m[4] - m[1] * m[3]) * s}};
}

}  // namespace netpet::space
