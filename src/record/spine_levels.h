#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace netpet::record {

/// Sacrum, L5 … L1, T12 … T1, C7 … C1: the levels of the spine from below.
constexpr std::size_t spine_level_count = 25;
constexpr std::size_t first_lumbar = 1, first_thoracic = 6, first_cervical = 18;

/// How surely each height of the spine belongs to each level, where no map names the vertebrae.
struct SpineLevels {
  double low_z_mm = 0, step_mm = 0;                               ///< LPS
  std::vector<std::array<float, spine_level_count>> probability;  ///< by height from `low_z_mm` on; sums to 1

  bool empty() const { return probability.empty(); }
};

/// "L5", "T12", "C1"; "sacrum" for 0.
std::string spine_level_name(std::size_t level);

/// What is at least 90 % sure of the level at a height: "thoracic spine, about T9", "thoracic spine, T8 to
/// T10", "spine, T12 to L1", "thoracic spine", "sacrum", or "spine" where not even that is, or outside the
/// heights.
std::string spine_location(const SpineLevels& levels, double z_mm);

}  // namespace netpet::record
