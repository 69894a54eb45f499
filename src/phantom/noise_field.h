#pragma once

#include <cstdint>
#include <vector>

#include "space/vec3.h"

namespace netpet::phantom {

/// A smooth random function of place, mean 0, variance about 1, repeating every 32 cells. Deterministic in
/// its seed. `cell_mm` is the distance over which it changes.
class NoiseField {
 public:
  NoiseField(std::uint64_t seed, std::uint64_t stream, double cell_mm);
  float operator()(space::Vec3 p) const;

 private:
  double per_mm_;
  std::vector<float> lattice_;
};

}  // namespace netpet::phantom
