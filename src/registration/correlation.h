#pragma once

#include <cmath>

namespace netpet::registration {

/// Pearson's correlation of pairs that come one by one.
class Correlation {
 public:
  void add(double a, double b) {
    ++count_;
    a_ += a, b_ += b, aa_ += a * a, bb_ += b * b, ab_ += a * b;
  }
  void add(const Correlation& other) {
    count_ += other.count_;
    a_ += other.a_, b_ += other.b_, aa_ += other.aa_, bb_ += other.bb_, ab_ += other.ab_;
  }
  double count() const { return count_; }
  /// −1 … 1; 0 where one of both does not vary.
  double value() const {
    const double va = aa_ - a_ * a_ / count_, vb = bb_ - b_ * b_ / count_;
    if (!(count_ > 1) || va <= 1e-9 * aa_ || vb <= 1e-9 * bb_) return 0;
    return (ab_ - a_ * b_ / count_) / std::sqrt(va * vb);
  }

 private:
  double count_ = 0, a_ = 0, b_ = 0, aa_ = 0, bb_ = 0, ab_ = 0;
};

}  // namespace netpet::registration
