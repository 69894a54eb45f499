#include "registration/overlap.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/parallel_for.h"
#include "registration/correlation.h"
#include "registration/sampler.h"

namespace netpet::registration {
namespace {

/// Counts and sums of one slice of the fixed scan.
struct Slice {
  std::size_t body_fixed = 0, body_moving = 0, body_both = 0;
  std::size_t bone_fixed = 0, bone_moving = 0, bone_both = 0;
  Correlation correlation;
};

std::size_t count(const image::Mask& mask) {
  return std::accumulate(mask.voxels().begin(), mask.voxels().end(), std::size_t{0});
}

double dice(std::size_t a, std::size_t b, std::size_t both) {
  return a + b > 0 ? 2.0 * static_cast<double>(both) / static_cast<double>(a + b) : 0.0;
}

Slice compare_slice(const Compared& fixed, const Compared& moving, const Sampler& look,
                    const space::Affine& fixed_to_moving, int k) {
  Slice slice;
  const auto& grid = fixed.look.geometry();
  std::size_t n = grid.offset({0, 0, k});
  float value = 0;
  for (int j = 0; j < grid.size[1]; ++j)
    for (int i = 0; i < grid.size[0]; ++i, ++n) {
      const space::PointLps there = fixed_to_moving(grid.to_lps(space::IndexIjk{i, j, k}));
      if (!look.at(there, value)) continue;
      const std::size_t m = moving.look.geometry().offset(moving.look.geometry().nearest(there));
      const bool in_fixed = fixed.body[n], in_moving = moving.body[m];
      slice.body_fixed += in_fixed;
      slice.body_moving += in_moving;
      slice.bone_fixed += fixed.bone[n];
      slice.bone_moving += moving.bone[m];
      slice.bone_both += fixed.bone[n] && moving.bone[m];
      if (!in_fixed || !in_moving) continue;
      ++slice.body_both;
      slice.correlation.add(fixed.look[n], value);
    }
  return slice;
}

}  // namespace

Overlap measure_overlap(const Compared& fixed, const Compared& moving, const space::Affine& fixed_to_moving,
                        const base::Run& run) {
  const auto& grid = fixed.look.geometry();
  const Sampler look(moving.look);
  std::vector<Slice> slices(static_cast<std::size_t>(grid.size[2]));
  base::parallel_for(run, slices.size(), 1, [&](std::size_t k, std::size_t) {
    slices[k] = compare_slice(fixed, moving, look, fixed_to_moving, static_cast<int>(k));
  });
  Slice all;
  Overlap overlap;
  for (const Slice& slice : slices) {
    all.body_fixed += slice.body_fixed, all.body_moving += slice.body_moving,
        all.body_both += slice.body_both;
    all.bone_fixed += slice.bone_fixed, all.bone_moving += slice.bone_moving,
        all.bone_both += slice.bone_both;
    all.correlation.add(slice.correlation);
    if (slice.body_both > 0) overlap.common_length_mm += grid.spacing.z;
  }
  overlap.dice_body = dice(all.body_fixed, all.body_moving, all.body_both);
  overlap.dice_bone = dice(all.bone_fixed, all.bone_moving, all.bone_both);
  overlap.ncc = all.correlation.value();
  overlap.common_body_ml = static_cast<double>(all.body_both) * grid.voxel_volume_ml();
  const double smaller = static_cast<double>(std::min(count(fixed.body), count(moving.body)));
  overlap.common_share = smaller > 0 ? static_cast<double>(all.body_both) / smaller : 0;
  return overlap;
}

}  // namespace netpet::registration
