#include "record/spine_levels.h"

#include <cmath>

namespace netpet::record {
namespace {

using Probabilities = std::array<float, spine_level_count>;

constexpr float sure = 0.9F;
// What spans more levels is a part of the spine and no level.
constexpr std::size_t most_levels = 3;

struct Range {
  std::size_t low = 0, high = 0;
  std::size_t size() const { return high - low + 1; }
};

/// The shortest run of levels that is sure, of several the likeliest.
Range sure_range(const Probabilities& probability) {
  for (std::size_t size = 1; size < spine_level_count; ++size) {
    Range best;
    float most = 0;
    for (std::size_t low = 0; low + size <= spine_level_count; ++low) {
      float sum = 0;
      for (std::size_t level = low; level < low + size; ++level) sum += probability[level];
      if (sum > most) most = sum, best = {low, low + size - 1};
    }
    if (most >= sure) return best;
  }
  return {0, spine_level_count - 1};
}

std::string part_name(std::size_t level) {
  if (level < first_lumbar) return "sacrum";
  if (level < first_thoracic) return "lumbar spine";
  return level < first_cervical ? "thoracic spine" : "cervical spine";
}

}  // namespace

std::string spine_level_name(std::size_t level) {
  if (level < first_lumbar) return "sacrum";
  if (level < first_thoracic) return "L" + std::to_string(first_thoracic - level);
  if (level < first_cervical) return "T" + std::to_string(first_cervical - level);
  return "C" + std::to_string(spine_level_count - level);
}

std::string spine_location(const SpineLevels& levels, double z_mm) {
  if (levels.empty()) return "spine";
  const double at = std::round((z_mm - levels.low_z_mm) / levels.step_mm);
  if (at < 0 || at >= static_cast<double>(levels.probability.size())) return "spine";
  const Range range = sure_range(levels.probability[static_cast<std::size_t>(at)]);
  std::string part = part_name(range.low);
  if (range.high < first_lumbar) return part;
  if (part_name(range.high) != part) part = "spine";
  if (range.size() > most_levels) return part;
  if (range.size() == 1) return part + ", about " + spine_level_name(range.low);
  return part + ", " + spine_level_name(range.high) + " to " + spine_level_name(range.low);
}

}  // namespace netpet::record
